"""The vendors' documentation of each operation, transcribed.

Apikley: "Create Music Video", "Get Music Video Details" and "Get Music Task Details"; kie.ai: "Get
Music Video Details"; Crun: "Suno API: Generate Music Video" with the fields of its task query.
"""

from typing import Any

Schema = dict[str, Any]

STRING: Schema = {"type": "string"}
DATE_TIME: Schema = {"type": "string", "format": "date-time"}
VIDEO_CODES = [200, 400, 401, 402, 404, 409, 422, 429, 455, 500]
MUSIC_CODES = [200, 401, 404, 422, 451, 455, 500]
CRUN_CODES = [200, 401, 402, 404, 422, 429, 455, 500, 501, 505]


def enveloped(codes: list[int], data: Schema, message: str = "msg") -> Schema:
    """Return the vendors' ``allOf`` of an envelope and its ``data``."""
    coded = {"code": {"type": "integer", "enum": codes}, message: STRING}
    return {
        "allOf": [
            {"type": "object", "properties": coded},
            {"type": "object", "properties": {"data": data}},
        ]
    }


def obj(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties}


# Apikley, Create Music Video (003)
CREATE_MUSIC_VIDEO_BODY: Schema = {
    "type": "object",
    "required": ["taskId", "audioId", "callBackUrl"],
    "properties": {
        "taskId": STRING,
        "audioId": STRING,
        "callBackUrl": {"type": "string", "format": "uri"},
        "author": {"type": "string", "maxLength": 50},
        "domainName": {"type": "string", "maxLength": 50},
    },
}
CREATE_MUSIC_VIDEO = enveloped(VIDEO_CODES, obj(taskId=STRING))

# Apikley (000) and kie.ai (001), Get Music Video Details
GET_MUSIC_VIDEO_DETAILS = enveloped(
    VIDEO_CODES,
    obj(
        taskId=STRING,
        musicId=STRING,
        callbackUrl=STRING,
        audioId={"type": "integer", "format": "int32"},
        completeTime=DATE_TIME,
        response=obj(videoUrl=STRING),
        successFlag=STRING,
        createTime=DATE_TIME,
        errorCode={"type": "integer", "format": "int32", "enum": [200, 500]},
        errorMessage=STRING,
    ),
)

# Apikley, Get Music Task Details (002)
TRACK = obj(
    id=STRING,
    audioUrl=STRING,
    streamAudioUrl=STRING,
    imageUrl=STRING,
    prompt=STRING,
    modelName=STRING,
    title=STRING,
    tags=STRING,
    createTime=DATE_TIME,
    duration={"type": "number"},
)
GET_MUSIC_DETAILS = enveloped(
    MUSIC_CODES,
    obj(
        taskId=STRING,
        parentMusicId=STRING,
        param=STRING,
        response=obj(taskId=STRING, sunoData={"type": "array", "items": TRACK}),
        status={
            "type": "string",
            "enum": [
                "PENDING",
                "TEXT_SUCCESS",
                "FIRST_SUCCESS",
                "SUCCESS",
                "CREATE_TASK_FAILED",
                "GENERATE_AUDIO_FAILED",
                "CALLBACK_EXCEPTION",
                "SENSITIVE_WORD_ERROR",
            ],
        },
        type={"type": "string", "enum": ["chirp-v3-5", "chirp-v4"]},
        operationType={
            "type": "string",
            "enum": ["generate", "extend", "upload_cover", "upload_extend"],
        },
        errorCode={"type": "integer", "format": "int32", "enum": [400, 408, 413]},
        errorMessage=STRING,
    ),
)

# sunoapi.org, Get Timestamped Lyrics (contract, section 3)
GET_TIMESTAMPED_LYRICS = enveloped(
    [200, 400, 401, 404, 422, 455, 500],
    obj(
        alignedWords={
            "type": "array",
            "items": obj(
                word=STRING,
                success={"type": "boolean"},
                startS={"type": "number"},
                endS={"type": "number"},
                palign={"type": "number"},
            ),
        },
        waveformData={"type": "array", "items": {"type": "number"}},
        hootCer={"type": "number"},
    ),
)
CREDIT = enveloped([200, 401, 455, 500], {"type": "number"})

# Crun, Generate Music Video (004) and its task query (contract, section 4)
CREATE_TASK_BODY: Schema = {
    "type": "object",
    "required": ["model", "input"],
    "properties": {
        "model": {"type": "string", "enum": ["suno/music-video"]},
        "callback_url": STRING,
        "input": {"type": "object", "required": ["task_id", "suno_id"]},
    },
}
CREATE_TASK = enveloped(CRUN_CODES, obj(task_id=STRING), "message")
TASK_INFO = enveloped(
    CRUN_CODES,
    obj(
        task_id=STRING,
        provider=STRING,
        model_version=STRING,
        status={"type": "string", "enum": ["pending", "running", "success", "failed"]},
        param={"type": "object"},
        create_at={"type": "integer"},
        complete_at={"type": "integer"},
        duration_s={"type": "number"},
        source=STRING,
        credits={"type": "number"},
        result={
            "type": ["object", "null"],
            "properties": {
                "media_urls": {"type": "array", "items": STRING},
                "code": {"type": "integer"},
                "message": STRING,
            },
        },
    ),
    "message",
)
