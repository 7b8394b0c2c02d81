"""What these scripts say, in Korean and in English. Plain Python."""

from pathlib import Path
from typing import NamedTuple


class Said(NamedTuple):
    """One message in both languages."""

    ko: str
    en: str


NO_DOCKER = Said(
    ko="Docker가 없습니다. Docker Engine과 Compose 플러그인을 설치하세요: "
    "https://docs.docker.com/engine/install/",
    en="There is no Docker here. Install Docker Engine and its Compose plugin: "
    "https://docs.docker.com/engine/install/",
)
NO_COMPOSE = Said(
    ko="Docker는 있지만 Compose v2가 없습니다. docker-compose-plugin을 설치하고 "
    "'docker compose version'이 되는지 확인하세요.",
    en="Docker is here, Compose v2 is not. Install docker-compose-plugin and make 'docker compose "
    "version' work.",
)
NO_RIGHT = Said(
    ko="Docker를 쓸 권한이 없습니다. 'sudo usermod -aG docker $USER'를 실행하고 다시 로그인하세요. "
    "이 그룹에 든 사람은 서버의 관리자와 같습니다.",
    en="You may not use Docker. Run 'sudo usermod -aG docker $USER' and log in again. Whoever is "
    "in this group is as mighty as the host's administrator.",
)


def no_engine(reason: str) -> Said:
    """The program is here, and nothing answers it."""
    return Said(
        ko=f"Docker 엔진이 응답하지 않습니다. 'sudo systemctl start docker'로 켜세요.\n{reason}",
        en="The Docker engine does not answer. Start it with 'sudo systemctl start docker'.\n"
        f"{reason}",
    )


def no_env(path: Path) -> Said:
    """Nothing has been set up."""
    return Said(
        ko=f"{path} 파일이 없습니다. 'make env'를 먼저 실행하세요.",
        en=f"There is no {path}. Run 'make env' first.",
    )


def env_written(env: Path, secrets: Path, made: int) -> Said:
    """What there is now, and what to do next."""
    return Said(
        ko=f"{env}: 설정 (맨 위 몇 줄을 확인하세요).\n{secrets}: 비밀 값 {made}개를 새로 "
        "만들었습니다. 있던 것은 그대로 두었습니다.\n"
        f"관리자: admin, 암호는 {secrets / 'admin_password'}에 있습니다.\n"
        "다음: docker compose up -d",
        en=f"{env}: the settings; look at its first lines.\n{secrets}: {made} secrets were made; "
        "what was there was left alone.\n"
        f"The administrator is admin, with the password in {secrets / 'admin_password'}.\n"
        "Next: docker compose up -d",
    )


def port_taken(port: str) -> Said:
    """Another program listens there."""
    return Said(
        ko=f"! 포트 {port}을(를) 다른 프로그램이 쓰고 있습니다. .env의 CS_PORT와 CS_URL을 "
        "바꾸세요.",
        en=f"! Something else uses port {port}: change CS_PORT and CS_URL in .env.",
    )


def disk_small(folder: Path, free_bytes: int, needed_bytes: int) -> Said:
    """Less than an installation grows to."""
    free, needed = f"{free_bytes / 1e9:.0f} GB", f"{needed_bytes / 1e9:.0f} GB"
    return Said(
        ko=f"! {folder}에 {free}만 남았습니다. {needed}가 필요합니다.",
        en=f"! Only {free} are free at {folder}; {needed} are needed.",
    )


NO_BACKUP_NAMED = Said(ko="FROM=<백업 폴더>를 적어 주세요.", en="Name the backup: FROM=<folder>.")


def command_failed(command: str, code: int) -> Said:
    """A command of Docker or of the host; what it wrote is above."""
    return Said(
        ko=f"명령이 실패했습니다(종료 코드 {code}): {command}. 이유는 위에 있습니다. 고친 뒤 다시 "
        "실행하세요.",
        en=f"A command failed with exit code {code}: {command}. The reason is above. Mend it and "
        "run again.",
    )


def backed_up(folder: Path, size_bytes: int) -> Said:
    """Where it is, and that it is to be guarded."""
    return Said(
        ko=f"백업했습니다: {folder} ({size_bytes / 1e6:,.0f} MB). 원문과 비밀 값이 들어 있습니다.",
        en=f"Backed up: {folder} ({size_bytes / 1e6:,.0f} MB). It holds raw text and secrets.",
    )


def runs_go_on(runs: str) -> Said:
    """A backup would stop them."""
    return Said(
        ko=f"실행 {runs}개가 진행 중이라 백업하지 않았습니다. 끝난 뒤 다시 하거나, 멈춰도 되면 "
        "FORCE=1을 붙이세요.",
        en=f"{runs} runs are going on, so nothing was backed up. Try again when they have ended, "
        "or add FORCE=1 if they may be stopped.",
    )


DATABASE_DOWN = Said(
    ko="데이터베이스가 꺼져 있습니다. 'docker compose up -d'로 켠 뒤 다시 실행하세요.",
    en="The database is down. Start it with 'docker compose up -d' and run again.",
)
RESTORED = Said(
    ko="되돌렸습니다. 다음: docker compose up -d", en="Restored. Next: docker compose up -d"
)


def not_a_backup(folder: Path) -> Said:
    """No list of sums in it."""
    return Said(ko=f"{folder}은(는) 백업이 아닙니다.", en=f"{folder} is not a backup.")


def backup_damaged(folder: Path) -> Said:
    """Its files are not those of the list."""
    return Said(
        ko=f"{folder}: 파일이 빠졌거나 손상되었습니다. 다른 백업을 쓰세요.",
        en=f"{folder}: a file is missing or damaged. Use another backup.",
    )


def backup_of_another_version(version: str) -> Said:
    """Only the version that made it knows its tables."""
    return Said(
        ko=f"{version} 버전의 백업입니다. 그 버전을 받아 되돌린 뒤 업그레이드하세요.",
        en=f"The backup is of version {version}. Check that version out, restore, and upgrade "
        "then.",
    )


def installation_there(what: list[str]) -> Said:
    """Nothing is written over."""
    listed = ", ".join(what)
    return Said(
        ko=f"이미 설치가 있습니다: {listed}. 빈 곳에서만 되돌립니다.",
        en=f"There is an installation already: {listed}. A backup is only restored where there is "
        "none.",
    )


DEMO_BEGINS = Said(ko="이미지를 만들고 켭니다.", en="Building the image and starting.")
DEMO_EXPORT = Said(
    ko="예시 엑셀을 인박스에 넣었습니다.", en="Dropped a sample export into the inbox."
)
DEMO_NO_END = Said(ko="실행이 끝나지 않았습니다.", en="No run has ended.")


def demo_is_up(after: str) -> Said:
    """All services are healthy."""
    return Said(ko=f"켜졌습니다 ({after}).", en=f"It is up ({after}).")


def demo_failed(code: int) -> Said:
    """A command of Docker; what it wrote is above."""
    return Said(
        ko=f"실패했습니다(종료 코드 {code}). 이유는 위에 있습니다.",
        en=f"It failed with exit code {code}; the reason is above.",
    )


def demo_ended(reports: Path, after: str, *, promoted: bool) -> Said:
    """Whether it came to a model, and where to read why."""
    return Said(
        ko=f"{'승격했습니다' if promoted else '승격하지 못했습니다'} ({after}). 보고서: {reports}",
        en=f"{'Promoted' if promoted else 'Not promoted'} ({after}). Reports: {reports}",
    )
