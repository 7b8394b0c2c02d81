"""Why a training's pod ended, in one sentence, and what to do about it."""

from cs_pipeline.language import Words

_LONGEST_DETAIL = 400

_SENTENCES = {
    "preempted": Words(
        ko="더 급한 작업에 자리를 내주었습니다. 할 일은 없습니다, 체크포인트에서 이어집니다.",
        en="It made room for more urgent work. Nothing to do: it goes on from its checkpoint.",
    ),
    "node_lost": Words(
        ko="노드가 사라졌거나 응답하지 않습니다. 할 일은 없습니다, 다른 노드에서 이어집니다.",
        en="Its node was lost. Nothing to do: it goes on elsewhere.",
    ),
    "drained": Words(
        ko="노드를 비우느라 내보냈습니다. 할 일은 없습니다, 다른 노드에서 이어집니다.",
        en="Its node was drained. Nothing to do: it goes on elsewhere.",
    ),
    "evicted": Words(
        ko="노드의 자원이 모자라 쫓겨났습니다. 할 일은 없습니다, 체크포인트에서 이어집니다.",
        en="Its node ran short and evicted it. Nothing to do: it goes on from its checkpoint.",
    ),
    "scratch_full": Words(
        ko="/scratch가 가득 찼습니다. CS_PIPELINE_POD_SCRATCH를 늘린 뒤 Clear 하세요.",
        en="Its /scratch is full. Raise CS_PIPELINE_POD_SCRATCH, then clear the task.",
    ),
    "not_admitted": Words(
        ko="노드가 파드를 받지 않았습니다. 할 일은 없습니다, 다시 시도합니다.",
        en="The node refused the pod. Nothing to do: it is tried again.",
    ),
    "deadline": Words(
        ko="학습 시간의 한도를 넘었습니다. CS_PIPELINE_POD_DEADLINE_SECONDS를 늘리거나 에폭을 "
        "줄인 뒤 Clear 하세요, 체크포인트에서 이어집니다.",
        en="It ran longer than allowed. Raise CS_PIPELINE_POD_DEADLINE_SECONDS or lower the "
        "epochs, then clear the task; it goes on from its checkpoint.",
    ),
    "out_of_memory": Words(
        ko="메모리가 모자랐습니다. CS_PIPELINE_POD_MEMORY_LIMIT까지 두 배로 늘려 다시 시도합니다.",
        en="It ran out of memory. It is tried again with twice as much, up to "
        "CS_PIPELINE_POD_MEMORY_LIMIT.",
    ),
    "memory_exhausted": Words(
        ko="CS_PIPELINE_POD_MEMORY_LIMIT만큼의 메모리로도 모자랐습니다. 한도를 늘린 뒤 "
        "Clear 하세요.",
        en="Even CS_PIPELINE_POD_MEMORY_LIMIT of memory was too little. Raise it, then clear the "
        "task.",
    ),
    "gpu_memory": Words(
        ko="GPU 메모리가 모자랐습니다. 스텝당 토큰을 줄이거나 더 큰 GPU에서 다시 실행하세요.",
        en="The GPU ran out of memory. Lower the tokens per step, or use a larger GPU, and run "
        "again.",
    ),
    "failed": Words(
        ko="학습이 실패했습니다. 작업 로그의 오류를 고친 뒤 Clear 하세요.",
        en="The training failed. Correct what its log says, then clear the task.",
    ),
    "settings": Words(
        ko="파드의 설정이 올바르지 않습니다. 작업 로그가 말하는 값을 고친 뒤 Clear 하세요.",
        en="A setting of the pod is wrong. Correct the one that the log names, then clear the "
        "task.",
    ),
    "data_refused": Words(
        ko="학습 데이터가 기록과 다릅니다. merge부터 Clear 하세요.",
        en="The training data is not as recorded. Clear the run from merge on.",
    ),
    "storage": Words(
        ko="저장소에 닿지 못했습니다. 다시 시도합니다. 반복되면 주소, 키, 네트워크를 확인하세요.",
        en="The object store was out of reach. It is tried again; if that repeats, check address, "
        "key and network.",
    ),
    "stopped": Words(
        ko="중단 신호를 받고 체크포인트를 남겼습니다. 할 일은 없습니다, 이어집니다.",
        en="It was told to stop and left a checkpoint. Nothing to do: it goes on from there.",
    ),
    "crashed": Words(
        ko="프로세스가 신호로 죽었습니다. 다시 시도합니다. 반복되면 로그와 노드를 확인하세요.",
        en="Its process was killed by a signal. It is tried again; if that repeats, check log and "
        "node.",
    ),
    "not_runnable": Words(
        ko="이미지에서 명령을 실행할 수 없습니다. CS_PIPELINE_POD_IMAGE가 학습 이미지인지 "
        "확인하세요.",
        en="The image cannot run the command. Check that CS_PIPELINE_POD_IMAGE is the trainer's.",
    ),
    "image_refused": Words(
        ko="이미지가 없거나 받을 권한이 없습니다. CS_PIPELINE_POD_IMAGE와 "
        "CS_PIPELINE_POD_PULL_SECRETS를 고친 뒤 Clear 하세요.",
        en="There is no such image, or no right to pull it. Correct CS_PIPELINE_POD_IMAGE and "
        "CS_PIPELINE_POD_PULL_SECRETS, then clear the task.",
    ),
    "image_not_pulled": Words(
        ko="이미지를 받지 못했습니다. 다시 시도합니다. 반복되면 레지스트리를 확인하세요.",
        en="The image could not be pulled. It is tried again; if that repeats, check the registry.",
    ),
    "config_missing": Words(
        ko="Secret이나 ConfigMap이 없습니다. 네임스페이스에 만들거나 CS_PIPELINE_POD_SECRETS를 "
        "고친 뒤 Clear 하세요.",
        en="A Secret or ConfigMap is missing. Make it in the namespace or correct "
        "CS_PIPELINE_POD_SECRETS, then clear the task.",
    ),
    "not_created": Words(
        ko="컨테이너를 만들지 못했습니다. 다시 시도합니다. 반복되면 런타임 클래스를 확인하세요.",
        en="The container could not be created. It is tried again; if that repeats, check the "
        "runtime class.",
    ),
    "unschedulable": Words(
        ko="맞는 노드가 없어 시작하지 못했습니다. 다시 시도합니다. 요청한 GPU, 메모리와 노드 "
        "조건을 확인하세요.",
        en="No node fits it. It is tried again; check the GPUs, the memory and the nodes that it "
        "asks for.",
    ),
    "queued": Words(
        ko="대기열에서 차례를 기다리다 시간이 지났습니다. 다시 시도합니다. 길어지면 "
        "CS_PIPELINE_POD_SCHEDULE_SECONDS를 늘리세요.",
        en="Its turn in the queue did not come in time. It is tried again; raise "
        "CS_PIPELINE_POD_SCHEDULE_SECONDS if queues are long.",
    ),
    "not_started": Words(
        ko="노드는 정해졌으나 시작하지 못했습니다. 다시 시도합니다. 반복되면 볼륨과 네트워크를 "
        "확인하세요.",
        en="It has a node but did not start. It is tried again; if that repeats, check volumes and "
        "network.",
    ),
    "killed": Words(
        ko="Airflow에서 멈췄고, 그 뒤로 아무도 살피지 않았습니다. 이어서 학습하려면 Clear 하세요.",
        en="It was stopped in Airflow, and nobody has checked on it since. Clear the task to go "
        "on.",
    ),
    "deleted": Words(
        ko="누군가 파드를 지웠습니다(노드 비우기, 선점, kubectl). 할 일은 없습니다, 이어집니다.",
        en="Its pod was deleted (a drain, a preemption, kubectl). Nothing to do: it goes on.",
    ),
    "no_result": Words(
        ko="끝났으나 저장소에 결과가 없습니다. 이미지의 버전을 확인한 뒤 Clear 하세요.",
        en="It ended without a result in the store. Check the image's version, then clear the "
        "task.",
    ),
    "unknown": Words(
        ko="파드가 이유를 남기지 않고 끝났습니다. 다시 시도합니다.",
        en="The pod ended without saying why. It is tried again.",
    ),
}
CAUSE_NAMES = frozenset(_SENTENCES)


def sentence(cause: str, detail: str = "") -> Words:
    """What a cause means; `detail` are Kubernetes' or the trainer's own words about it."""
    said = _SENTENCES[cause]
    detail = _shortened(detail)
    if not detail:
        return said
    return Words(ko=f"{said.ko} ({detail})", en=f"{said.en} ({detail})")


def _shortened(said: str) -> str:
    """One line with both its ends: Kubernetes begins with what it did and ends with the reason."""
    said = " ".join(said.split())
    half = _LONGEST_DETAIL // 2
    return said if len(said) <= _LONGEST_DETAIL else f"{said[:half]} ... {said[-half:]}"


def pod_ended(pod: str, why: Words) -> Words:
    """The task's error."""
    return Words(ko=f"학습 파드 {pod}: {why.ko}", en=f"Training pod {pod}: {why.en}")


def pod_refused(said: str) -> Words:
    """The cluster's API took no pod; `said` are its own words."""
    said = _shortened(said)
    return Words(
        ko="클러스터가 학습 파드를 받지 않았습니다. CS_PIPELINE_POD_ 설정과 권한, 할당량을 "
        f"확인하세요. ({said})",
        en="The cluster did not accept the training pod. Check the CS_PIPELINE_POD_ settings, "
        f"rights and quota. ({said})",
    )


def still_there(pod: str, seconds: float) -> Words:
    """A pod that was deleted and does not go."""
    return Words(
        ko=f"지운 파드 {pod}이(가) {seconds:.0f}초가 지나도 남아 있습니다. 임대가 두 학습기를 "
        "갈라놓으므로 그대로 진행합니다.",
        en=f"The deleted pod {pod} is still there after {seconds:.0f} s. The lease keeps two "
        "trainers apart, so this goes on.",
    )
