"""What people read about stores: errors that say what is wrong and what to do."""

from pathlib import Path
from typing import Literal

from cs_pipeline.errors import (
    ObjectNotFound,
    PointerConflict,
    SettingsError,
    StorageError,
    StoreDenied,
)
from cs_pipeline.language import Words

Doing = Literal["list", "read", "write", "delete"]

_DOING: dict[Doing, Words] = {
    "list": Words(ko="목록 보기", en="list"),
    "read": Words(ko="읽기", en="read"),
    "write": Words(ko="쓰기", en="write"),
    "delete": Words(ko="삭제", en="delete"),
}


def unsupported_address(uri: str) -> SettingsError:
    """A store of a kind that there is not."""
    scheme = uri.split("://", maxsplit=1)[0]
    return SettingsError(
        ko=f"지원하지 않는 저장소 주소입니다: {scheme}://. "
        "폴더 경로나 s3://bucket/prefix를 쓰세요.",
        en=f"Unsupported store address: {scheme}://. Use a folder path or s3://bucket/prefix.",
    )


def no_bucket_named() -> SettingsError:
    """An address that is too short."""
    return SettingsError(
        ko="s3:// 주소에 버킷 이름이 없습니다. s3://bucket/prefix 꼴로 쓰세요.",
        en="The s3:// address names no bucket. Write it as s3://bucket/prefix.",
    )


def no_ca_bundle(path: Path) -> SettingsError:
    """The certificates are not there."""
    return SettingsError(
        ko=f"인증 기관 파일 {path}이(가) 없습니다. CS_PIPELINE_S3_CA_BUNDLE을 확인하세요.",
        en=f"There is no file of certificate authorities {path}. Check CS_PIPELINE_S3_CA_BUNDLE.",
    )


def points_outside() -> StorageError:
    """A key with `..` in it."""
    return StorageError(
        ko="저장소 밖을 가리키는 키입니다. 키를 확인하세요.",
        en="A key points outside the store. Check the key.",
    )


def name_too_long(name: str, *, limit_bytes: int) -> StorageError:
    """A key that some stores fail on."""
    length = len(name.encode())
    return StorageError(
        ko=f"저장소에 둘 이름 {name[:30]}…이(가) 너무 깁니다 ({length}바이트, 한도 {limit_bytes}). "
        "이름을 줄인 뒤 다시 실행하세요. 한글은 한 글자가 3바이트입니다.",
        en=f"The name {name[:30]}… is too long for a store ({length} bytes, at most {limit_bytes})."
        " Shorten it and run again; a Korean letter takes 3 bytes.",
    )


def name_with_control_characters() -> StorageError:
    """A key with a line feed in it."""
    return StorageError(
        ko="저장소에 둘 이름에 줄바꿈 같은 제어 문자가 있습니다. 이름을 고친 뒤 다시 실행하세요.",
        en="A name for the store holds control characters, such as a line feed. Rename it and run "
        "again.",
    )


def not_found(uri: str, key: str) -> ObjectNotFound:
    """No such object."""
    return ObjectNotFound(
        ko=f"{uri}에 {key} 객체가 없습니다. 저장소 주소를 확인하세요.",
        en=f"{uri} holds no object {key}. Check the store's address.",
    )


def changed_meanwhile(uri: str, key: str) -> PointerConflict:
    """A conditional write that lost."""
    return PointerConflict(
        ko=f"{uri}의 {key} 객체를 다른 작업이 먼저 바꾸었습니다. 상태를 확인하고 다시 실행하세요.",
        en=f"{key} in {uri} was changed by someone else first. Check the status and run again.",
    )


def expired_key(uri: str, code: str) -> StorageError:
    """Credentials whose time is over."""
    return StorageError(
        ko=f"저장소 {uri}의 접속 키가 만료되었습니다 ({code}). 새 키를 발급해 "
        "CS_PIPELINE_S3_ACCESS_KEY_ID와 CS_PIPELINE_S3_SECRET_ACCESS_KEY(또는 임시 자격 증명)를 "
        "바꾼 뒤 다시 실행하세요.",
        en=f"The credentials for the store {uri} have expired ({code}). Renew them "
        "(CS_PIPELINE_S3_ACCESS_KEY_ID and CS_PIPELINE_S3_SECRET_ACCESS_KEY, or the temporary "
        "credentials) and run again.",
    )


def wrong_key(uri: str, code: str) -> StorageError:
    """Credentials that the store does not know."""
    return StorageError(
        ko=f"저장소 {uri}이(가) 접속 키를 알지 못하거나 비밀 키가 맞지 않습니다 ({code}). "
        "CS_PIPELINE_S3_ACCESS_KEY_ID와 CS_PIPELINE_S3_SECRET_ACCESS_KEY를 확인하세요. 키가 맞다면 "
        "CS_PIPELINE_S3_CHECKSUMS=when_required인지, 프록시가 요청을 바꾸지 않는지 확인하세요.",
        en=f"The store {uri} does not know the access key, or the secret does not match it "
        f"({code}). Check CS_PIPELINE_S3_ACCESS_KEY_ID and CS_PIPELINE_S3_SECRET_ACCESS_KEY. If "
        "they are right, see that CS_PIPELINE_S3_CHECKSUMS is when_required and that no proxy "
        "changes requests.",
    )


def no_key(uri: str, code: str) -> StorageError:
    """No credentials anywhere."""
    return StorageError(
        ko=f"저장소 {uri}에 쓸 접속 키가 없습니다 ({code}). CS_PIPELINE_S3_ACCESS_KEY_ID와 "
        "CS_PIPELINE_S3_SECRET_ACCESS_KEY를 지정하거나 서비스 계정·역할에 권한을 연결하세요.",
        en=f"There are no credentials for the store {uri} ({code}). Set "
        "CS_PIPELINE_S3_ACCESS_KEY_ID and CS_PIPELINE_S3_SECRET_ACCESS_KEY, or give the service "
        "account a role.",
    )


def clock_off(uri: str, code: str) -> StorageError:
    """This machine and the store disagree on the time."""
    return StorageError(
        ko=f"이 컴퓨터의 시계가 저장소 {uri}과(와) 너무 다릅니다 ({code}). NTP(chrony 등)로 시각을 "
        "맞춘 뒤 다시 실행하세요.",
        en=f"This machine's clock is too far from that of the store {uri} ({code}). Set it with "
        "NTP (chrony, for example) and run again.",
    )


def no_bucket(uri: str, code: str) -> StorageError:
    """The bucket is not there."""
    return StorageError(
        ko=f"{uri}의 버킷이 없습니다 ({code}). 버킷을 만들거나 주소와 리전을 확인하세요. 버킷은 "
        "저절로 만들어지지 않습니다.",
        en=f"The bucket of {uri} does not exist ({code}). Create it, or check address and region; "
        "buckets are not created for you.",
    )


def denied(uri: str, key: str, doing: Doing, code: str) -> StoreDenied:
    """A right that the key lacks."""
    what = _DOING[doing]
    return StoreDenied(
        ko=f"접속 키에 {uri}의 {key or '객체'}에 대한 {what.ko} 권한이 없습니다 ({code}). "
        "docs/handover.md의 권한 표대로 키의 정책을 고치세요.",
        en=f"The access key may not {what.en} {key or 'objects'} in {uri} ({code}). Correct its "
        "policy as the table of rights in docs/handover.md says.",
    )


def wrong_region(uri: str, code: str) -> StorageError:
    """The bucket lies elsewhere."""
    return StorageError(
        ko=f"{uri}의 버킷은 다른 리전이나 주소에 있습니다 ({code}). CS_PIPELINE_S3_REGION과 "
        "CS_PIPELINE_S3_ENDPOINT_URL을 확인하세요.",
        en=f"The bucket of {uri} is in another region or at another endpoint ({code}). Check "
        "CS_PIPELINE_S3_REGION and CS_PIPELINE_S3_ENDPOINT_URL.",
    )


def encryption_refused(uri: str, code: str) -> StorageError:
    """Encryption that the store cannot do with these settings."""
    return StorageError(
        ko=f"저장소 {uri}이(가) 요청한 암호화를 받아들이지 않습니다 ({code}). CS_PIPELINE_S3_SSE와 "
        "CS_PIPELINE_S3_SSE_KMS_KEY, 그 키의 사용 권한을 확인하세요.",
        en=f"The store {uri} refuses the encryption that is asked for ({code}). Check "
        "CS_PIPELINE_S3_SSE, CS_PIPELINE_S3_SSE_KMS_KEY and the right to use that key.",
    )


def not_implemented(uri: str, key: str, code: str) -> StorageError:
    """Something that the store's dialect lacks."""
    return StorageError(
        ko=f"저장소 {uri}은(는) 이 요청을 지원하지 않습니다 ({key}: {code}). 저장소에 맞는 설정을 "
        "docs/object-stores.md에서 확인하세요.",
        en=f"The store {uri} does not support this request ({key}: {code}). See the settings for "
        "your store in docs/object-stores.md.",
    )


def busy(uri: str, key: str, code: str) -> StorageError:
    """The store fails or is overloaded."""
    return StorageError(
        ko=f"저장소 {uri}이(가) 바쁘거나 고장입니다 ({key}: {code}). 여러 번 다시 시도했습니다. "
        "잠시 뒤 다시 실행하고, 계속되면 저장소의 상태를 확인하세요.",
        en=f"The store {uri} is overloaded or broken ({key}: {code}), after several tries. Run "
        "again in a while; if it goes on, look at the store.",
    )


def untrusted(uri: str, code: str) -> StorageError:
    """A certificate that nobody vouches for."""
    return StorageError(
        ko=f"저장소 {uri}의 인증서를 확인할 수 없습니다 ({code}). 사설 인증 기관이면 그 파일을 "
        "CS_PIPELINE_S3_CA_BUNDLE에 지정하세요.",
        en=f"The certificate of the store {uri} cannot be verified ({code}). Name a private "
        "authority's file in CS_PIPELINE_S3_CA_BUNDLE.",
    )


def cut_off(uri: str, key: str) -> StorageError:
    """A download that made no headway."""
    return StorageError(
        ko=f"저장소 {uri}에서 {key}을(를) 내려받는 동안 연결이 계속 끊겼습니다. 네트워크를 "
        "확인하고 다시 실행하세요. 받은 곳부터 이어서 받습니다.",
        en=f"The download of {key} from the store {uri} kept being cut off. Check the network and "
        "run again; it goes on from there.",
    )


def unreachable(uri: str, key: str, code: str) -> StorageError:
    """Whatever else."""
    return StorageError(
        ko=f"{uri} 저장소 작업에 실패했습니다 ({key}: {code}). 주소, 권한, 네트워크를 확인하세요.",
        en=f"The store {uri} failed ({key}: {code}). Check its address, permissions and network.",
    )


def ignores_conditions(uri: str) -> StorageError:
    """A store on which two writers overwrite each other."""
    return StorageError(
        ko=f"저장소 {uri}은(는) 조건부 쓰기를 지키지 않습니다. 두 작업이 동시에 쓰면 운영 모델이 "
        "조용히 뒤바뀔 수 있어 쓰지 않습니다. If-None-Match를 지키는 저장소로 바꾸거나 저장소를 "
        "업그레이드하세요 (docs/object-stores.md).",
        en=f"The store {uri} does not honour conditional writes: of two writers at once one would "
        "silently undo the other, so it is not used. Use or upgrade to a store that honours "
        "If-None-Match (docs/object-stores.md).",
    )


def race_undecided(uri: str) -> StorageError:
    """A probe that saw no winner."""
    return StorageError(
        ko=f"저장소 {uri}의 조건부 쓰기를 시험하는 동안 답이 분명하지 않았습니다. 잠시 뒤 "
        "`cs-pipeline doctor`를 실행하세요.",
        en=f"The store {uri} gave no clear answer while its conditional writes were tried. Run "
        "`cs-pipeline doctor` in a while.",
    )
