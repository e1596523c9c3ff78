"""Both shapes of events, and everything that is neither."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemo_widgets.client import (
    ArgumentsEvent,
    ErrorEvent,
    HeartbeatEvent,
    ProgressEvent,
    TextEvent,
    ThoughtEvent,
    ToolCallEvent,
    ToolResultEvent,
    UnknownEvent,
)
from nemo_widgets.client.adk_codes import told
from nemo_widgets.client.adk_events import says_end
from nemo_widgets.client.events import decode, parse
from nemo_widgets.client.other_shapes import holds_words
from nemo_widgets.client.sse import Decoder, Message

TOO_LONG = "The agent's answer became too long and was cut off. Say it in smaller steps."
FOR_SAFETY = "The agent's model stopped for reasons of safety. Say it in other words."
UNAPPLIED = "What the agent did was not applied to the timeline"
CALL = ToolCallEvent("c1", "cut", {"a": 1})


def adk(*parts, **more):
    return {"content": {"parts": list(parts), "role": "model"}, "author": "nemo_agent", **more}


def yes_or_no(prompt, yes, no):
    options = [{"id": "yes", "label": yes}, {"id": "no", "label": no}]
    return {"questions": [{"id": "confirm", "prompt": prompt, "options": options}]}


TABLE = {
    "piece": (adk({"text": "Hi"}, partial=True), [TextEvent("Hi", partial=True)]),
    "whole": (adk({"text": "Hi"}), [TextEvent("Hi")]),
    "explicitly whole": (adk({"text": "Hi"}, partial=False), [TextEvent("Hi")]),
    "thought": (adk({"text": "hm", "thought": True}, {"text": "Hi"}), [ThoughtEvent("hm"), TextEvent("Hi")]),
    "several parts are one text in order": (
        adk({"text": "A"}, {"functionCall": {"id": "c1", "name": "cut", "args": {"a": 1}}}, {"text": "B"}),
        [TextEvent("AB"), CALL],
    ),
    "snake case": (adk({"function_call": {"id": "c1", "name": "cut", "args": {"a": 1}}}), [CALL]),
    "result": (
        adk({"functionResponse": {"id": "c1", "name": "cut", "response": {"ok": True}}}),
        [ToolResultEvent("c1", "cut", {"ok": True})],
    ),
    "arguments as JSON in a string": (
        adk({"functionCall": {"id": "c1", "name": "cut", "args": '{"a": 1}'}}),
        [CALL],
    ),
    "arguments under another name": (
        adk({"function_call": {"name": "cut", "id": "c1", "arguments": '{"a": 1}'}}),
        [CALL],
    ),
    "typed call, arguments": (
        {"type": "tool_call", "id": "c1", "name": "cut", "arguments": {"a": 1}},
        [CALL],
    ),
    "typed call, input": ({"type": "tool_call", "id": "c1", "name": "cut", "input": '{"a": 1}'}, [CALL]),
    "typed call, Anthropic's": ({"type": "tool_use", "id": "c1", "name": "cut", "input": {"a": 1}}, [CALL]),
    "typed call, OpenAI's": (
        {"type": "function_call", "call_id": "c1", "name": "cut", "arguments": '{"a": 1}'},
        [CALL],
    ),
    "call alone": ({"functionCall": {"id": "c1", "name": "cut", "args": {"a": 1}}}, [CALL]),
    "call alone, older": ({"function_call": {"id": "c1", "name": "cut", "arguments": '{"a": 1}'}}, [CALL]),
    "OpenAI's call": (
        {
            "choices": [
                {
                    "message": {
                        "content": None,
                        "tool_calls": [{"id": "c1", "function": {"name": "cut", "arguments": '{"a": 1}'}}],
                    },
                    "finish_reason": "tool_calls",
                }
            ]
        },
        [CALL],
    ),
    "OpenAI's call in pieces": (
        {"choices": [{"delta": {"function_call": {"name": "cut", "arguments": ""}}}]},
        [ToolCallEvent("", "cut"), ArgumentsEvent("", "", begins=True)],
    ),
    "more of OpenAI's call": (
        {
            "choices": [
                {"delta": {"tool_calls": [{"index": 1, "function": {"arguments": '{"prompt": "Which c'}}]}}
            ]
        },
        [ArgumentsEvent("1", '{"prompt": "Which c')],
    ),
    "a question's other spelling": (
        adk({"functionCall": {"name": "askQuestion", "args": {"title": "Which?"}}}),
        [ToolCallEvent("", "ask_question", {"title": "Which?"})],
    ),
    "ADK's request for input": (
        adk({"functionCall": {"id": "q", "name": "adk_request_input", "args": {"message": "Which?"}}}),
        [ToolCallEvent("q", "ask_question", {"message": "Which?"})],
    ),
    "a question by its type": (
        {"type": "question", "prompt": "Which?", "options": ["one", "two"]},
        [ToolCallEvent("", "ask_question", {"prompt": "Which?", "options": ["one", "two"]})],
    ),
    "ADK's confirmation": (
        adk(
            {
                "functionCall": {
                    "id": "q",
                    "name": "adk_request_confirmation",
                    "args": {
                        "originalFunctionCall": {"name": "delete"},
                        "toolConfirmation": {"hint": "Delete clip 2?", "confirmed": False},
                    },
                }
            },
            longRunningToolIds=["q"],
        ),
        [ToolCallEvent("q", "ask_question", yes_or_no("Delete clip 2?", "Yes", "No"))],
    ),
    "ADK's confirmation without words": (
        adk(
            {
                "functionCall": {
                    "name": "adk_request_confirmation",
                    "args": {"originalFunctionCall": {"name": "delete"}},
                }
            }
        ),
        [ToolCallEvent("", "ask_question", yes_or_no("May the agent use delete?", "Yes", "No"))],
    ),
    "ADK's confirmation in Chinese": (
        adk(
            {
                "functionCall": {
                    "name": "adk_request_confirmation",
                    "args": {"toolConfirmation": {"hint": "删除第二段吗？"}},
                }
            }
        ),
        [ToolCallEvent("", "ask_question", yes_or_no("删除第二段吗？", "是", "否"))],
    ),
    "arguments that are none": (
        adk({"functionCall": {"id": "c1", "name": "cut", "args": "{"}}),
        [ToolCallEvent("c1", "cut", {})],
    ),
    "picture": (
        adk({"inlineData": {"mimeType": "image/png"}}),
        [UnknownEvent({"inlineData": {"mimeType": "image/png"}})],
    ),
    "what the user said": (adk({"text": "Hi"}, author="user"), None),
    "empty text": (adk({"text": ""}), None),
    "actions only": ({"actions": {"stateDelta": {}}, "author": "x"}, None),
    "error code": (
        {"errorCode": "SAFETY", "author": "x"},
        [ErrorEvent("The agent's model stopped for reasons of safety. Say it in other words.", "SAFETY")],
    ),
    "error message": (
        {"errorCode": "T", "errorMessage": "I encountered a\ntemporary issue"},
        [ErrorEvent("I encountered a temporary issue", "T")],
    ),
    "content and error": (
        adk({"text": "Hi"}, errorCode="MAX"),
        [TextEvent("Hi"), ErrorEvent("The agent stopped (MAX).", "MAX")],
    ),
    "cut off": (
        adk({"text": "I cu"}, finishReason="MAX_TOKENS"),
        [TextEvent("I cu"), ErrorEvent(TOO_LONG, "MAX_TOKENS")],
    ),
    "a call, and too long": (
        adk({"functionCall": {"id": "c1", "name": "cut", "args": {"a": 1}}}, finishReason="MAX_TOKENS"),
        [CALL],
    ),
    "too long, OpenAI": (
        {"choices": [{"delta": {}, "finish_reason": "length"}]},
        [ErrorEvent(TOO_LONG, "length")],
    ),
    "too long, with words": (
        {"choices": [{"message": {"content": "I cu"}, "finish_reason": "length"}]},
        [TextEvent("I cu", partial=True), ErrorEvent(TOO_LONG, "length")],
    ),
    "too long, Anthropic": (
        {"type": "message_delta", "delta": {"stop_reason": "max_tokens"}, "usage": {"output_tokens": 9}},
        [ErrorEvent(TOO_LONG, "max_tokens")],
    ),
    "too long, Ollama": (
        {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "length"},
        [ErrorEvent(TOO_LONG, "length")],
    ),
    "not let through, OpenAI": (
        {"choices": [{"delta": {}, "finish_reason": "content_filter"}]},
        [
            ErrorEvent(
                "The agent's model stopped for reasons of safety. Say it in other words.", "content_filter"
            )
        ],
    ),
    "not let through, with words": (
        adk({"text": "I cu"}, finishReason="SAFETY"),
        [TextEvent("I cu"), ErrorEvent(FOR_SAFETY, "SAFETY")],
    ),
    **{
        f"stopped in the middle, {reason}": (
            adk({"text": "I cu"}, finishReason=reason),
            [TextEvent("I cu"), ErrorEvent(told("", reason), reason)],
        )
        for reason in (
            "RECITATION",
            "SPII",
            "LANGUAGE",
            "MALFORMED_FUNCTION_CALL",
            "UNEXPECTED_TOOL_CALL",
            "TOO_MANY_TOOL_CALLS",
            "MISSING_THOUGHT_SIGNATURE",
        )
    },
    "too long, Gemini": (
        {"candidates": [{"content": {"parts": [{"text": "I cu"}]}, "finishReason": "MAX_TOKENS"}]},
        [TextEvent("I cu"), ErrorEvent(TOO_LONG, "MAX_TOKENS")],
    ),
    "words that were not applied": (
        adk({"text": "I cut it."}, session_state_applied=False),
        [TextEvent("I cut it."), ErrorEvent(f"{UNAPPLIED}.", "NOT_APPLIED")],
    ),
    "not applied, and why": (
        {"type": "text", "content": "I cut it.", "applied": False, "reason": "conflict"},
        [TextEvent("I cut it.", partial=True), ErrorEvent(f"{UNAPPLIED}: conflict.", "NOT_APPLIED")],
    ),
    "not applied, of no known shape": (
        {"type": "done", "stateApplied": False},
        [ErrorEvent(f"{UNAPPLIED}.", "NOT_APPLIED")],
    ),
    "applied": (adk({"text": "I cut it."}, applied=True), [TextEvent("I cut it.")]),
    "a sign-in": (
        adk({"functionCall": {"id": "a", "name": "adk_request_credential", "args": {"authConfig": {}}}}),
        [ErrorEvent("A tool of the agent's asks for a sign-in elsewhere. That is given on the server.")],
    ),
    "interrupted": (
        {"interrupted": True, "content": None},
        [ErrorEvent("The agent's answer was interrupted, and is cut off.", "INTERRUPTED")],
    ),
    "not interrupted": (adk({"text": "Hi"}, interrupted=False), [TextEvent("Hi")]),
    "another end of a model, with words": (adk({"text": "Hi"}, finishReason="OTHER"), [TextEvent("Hi")]),
    "another end of a model, without": (
        {"content": {"parts": []}, "finishReason": "SAFETY"},
        [ErrorEvent("The agent's model stopped for reasons of safety. Say it in other words.", "SAFETY")],
    ),
    "error": ({"error": "boom", "error_details": {}}, [ErrorEvent("boom")]),
    "error object": ({"error": {"message": "boom", "code": 7}}, [ErrorEvent("boom", "7")]),
    "envelope": ({"code": 2001, "message": "no credits"}, [ErrorEvent("no credits", "2001")]),
    **{
        f"all is well, {code!r} {word!r}": (
            adk({"text": "Hi"}, errorCode=code, errorMessage=word),
            [TextEvent("Hi")],
        )
        for code in (0, "0", 200, "OK", "success", "NONE", "")
        for word in ("success", "OK", "", None)
    },
    "all is well, beside nothing": ({"errorCode": 200, "errorMessage": "OK", "error": "none"}, None),
    "no code, and an error": ({"errorCode": "", "errorMessage": "No room."}, [ErrorEvent("No room.")]),
    "typed text": ({"type": "text", "content": "Hi"}, [TextEvent("Hi", partial=True)]),
    "typed text, other key": ({"type": "text", "text": "Hi"}, [TextEvent("Hi", partial=True)]),
    "typed call": ({"type": "tool_call", "id": "c1", "name": "cut", "args": {"a": 1}}, [CALL]),
    "typed result": ({"type": "tool_result", "name": "cut", "result": 3}, [ToolResultEvent("", "cut", 3)]),
    "typed heartbeat": ({"type": "heartbeat"}, [HeartbeatEvent()]),
    "typed error": ({"type": "error", "message": "boom"}, [ErrorEvent("boom")]),
    "typed error, code inside": (
        {"type": "error", "error": {"message": "boom", "code": 2001}},
        [ErrorEvent("boom", "2001")],
    ),
    "typed call in pieces": (
        {"type": "tool_call", "name": "cut", "args": '{"a": 1}'},
        [ToolCallEvent("", "cut", {"a": 1})],
    ),
    "FastAPI's detail": ({"detail": "boom"}, [ErrorEvent("boom")]),
    "FastAPI's list": ({"detail": [{"loc": ["body"], "msg": "boom"}]}, [ErrorEvent("body: boom")]),
    "FastAPI's object": ({"detail": {"code": 7, "message": "boom"}}, [ErrorEvent("boom", "7")]),
    "refusal": ({"success": False, "message": "boom"}, [ErrorEvent("boom")]),
    "refusal without words": ({"success": False}, [ErrorEvent("The server stopped (it does not say why).")]),
    "success": ({"success": True, "message": "fine"}, None),
    "code 0": ({"code": 0, "message": "fine"}, None),
    "part that is a word": (adk("x", {"text": "Hi"}), [UnknownEvent("x"), TextEvent("Hi")]),
    "part with words and a call": (
        adk({"text": "Hi", "functionCall": {"id": "c1", "name": "cut", "args": {"a": 1}}}),
        [TextEvent("Hi"), CALL],
    ),
    "part with empty words and a picture": (
        adk({"text": "", "inlineData": {}}),
        [UnknownEvent({"text": "", "inlineData": {}})],
    ),
    "call without a name": (
        adk({"functionCall": {"partialArgs": []}}, partial=True),
        [UnknownEvent({"functionCall": {"partialArgs": []}})],
    ),
    "a type, and the other shape": (adk({"text": "Hi"}, type="event"), [TextEvent("Hi")]),
    "an unknown type with a code": ({"type": "progress", "code": 5, "error": "x"}, None),
    "typed unknown": ({"type": "sparkle"}, None),
    "a number": (7, None),
    "null": (None, None),
    "empty": ({}, None),
    "parts that are no list": ({"content": {"parts": {"text": "x"}}}, [TextEvent("x", partial=True)]),
    "a thought that is no list": ({"content": {"parts": {"text": "x", "thought": True}}}, None),
    "content that is text": ({"content": "x"}, [TextEvent("x", partial=True)]),
}


@pytest.mark.parametrize(("value", "expected"), TABLE.values(), ids=TABLE)
def test_shape(value, expected):
    """Every shape of the protocol is read, and what is none is kept as it came."""
    assert decode(Message(json.dumps(value))) == ([UnknownEvent(value)] if expected is None else expected)


HI = [TextEvent("Hi", partial=True)]
OTHERS = {
    "text": ({"text": "Hi"}, HI),
    "content": ({"role": "assistant", "content": "Hi"}, HI),
    "delta": ({"delta": "Hi"}, HI),
    "a type of its own": ({"type": "message", "content": "Hi"}, HI),
    "said to be whole": ({"type": "final", "content": "Hi"}, [TextEvent("Hi")]),
    "answer": ({"event": "agent_message", "answer": "Hi"}, HI),
    "message": ({"message": "Hi there"}, [TextEvent("Hi there", partial=True)]),
    "OpenAI, pieces": ({"object": "chat.completion.chunk", "choices": [{"delta": {"content": "Hi"}}]}, HI),
    "OpenAI, whole": ({"choices": [{"message": {"role": "assistant", "content": "Hi"}}]}, HI),
    "OpenAI, the older": ({"choices": [{"text": "Hi", "index": 0}]}, HI),
    "OpenAI, parts": ({"choices": [{"message": {"content": [{"type": "text", "text": "Hi"}]}}]}, HI),
    "OpenAI, responses": ({"type": "response.output_text.delta", "delta": "Hi"}, HI),
    "OpenAI, first": ({"choices": [{"delta": {"role": "assistant"}}]}, None),
    "OpenAI, last": ({"choices": [{"delta": {}, "finish_reason": "stop"}]}, None),
    "Anthropic": ({"type": "content_block_delta", "delta": {"type": "text_delta", "text": "Hi"}}, HI),
    "Anthropic, thinking": (
        {"type": "content_block_delta", "delta": {"type": "thinking_delta", "thinking": "hm"}},
        None,
    ),
    "Gemini": (
        {"candidates": [{"content": {"parts": [{"text": "Hi"}], "role": "model"}}]},
        [TextEvent("Hi")],
    ),
    "Ollama": ({"model": "m", "message": {"role": "assistant", "content": "Hi"}, "done": False}, HI),
    "Ollama, the older": ({"model": "m", "response": "Hi", "done": False}, HI),
    "in data": ({"code": 0, "data": adk({"text": "Hi"}, partial=True)}, HI),
    "in event": ({"event": adk({"text": "Hi"}, partial=True)}, HI),
    "in a typed event": ({"type": "event", "payload": {"type": "text", "content": "Hi"}}, HI),
    "in a text": ({"data": json.dumps({"type": "text", "content": "Hi"})}, HI),
    "a list": ([{"text": "Hi"}, {"text": " there"}], [*HI, TextEvent(" there", partial=True)]),
    "a list in an envelope": (
        {"events": [adk({"text": "Hi"}), adk({"text": "Ho"})]},
        [TextEvent("Hi"), TextEvent("Ho")],
    ),
    "an error inside": ({"data": {"error": "boom"}}, [ErrorEvent("boom")]),
    "a call inside": ({"data": {"type": "tool_call", "id": "c1", "name": "cut", "args": {"a": 1}}}, [CALL]),
    "a text for JSON": ("Hi there", [TextEvent("Hi there", partial=True)]),
    "one's own words": ({"role": "user", "content": "Hi"}, None),
    "a system's words": ({"message": {"role": "system", "content": "Hi"}}, None),
    "a status": ({"type": "status", "content": "queued"}, None),
    "the protocol's own in a status": (
        {"type": "session.step", "data": adk({"text": "Hi"})},
        [TextEvent("Hi")],
    ),
    "words in a status": ({"type": "session.step", "data": {"text": "Hi"}}, None),
    "a thought in data": ({"type": "reasoning", "data": adk({"text": "Hi"})}, None),
    "a tool's work": ({"type": "tool_use_delta", "content": "Hi"}, None),
    "progress": ({"event": "progress", "text": "50 %"}, None),
    "an envelope's chatter": ({"code": 0, "message": "success", "data": None}, None),
    "numbers": ({"text": 7, "content": None}, None),
    "bookkeeping": ({"actions": {"stateDelta": {"text": "Hi"}}, "author": "x"}, None),
    "JSON-RPC": ({"jsonrpc": "2.0", "method": "message", "params": {"text": "Hi"}}, HI),
    "A2A, beside a state": (
        {
            "result": {
                "kind": "status-update",
                "status": {
                    "state": "completed",
                    "message": {"role": "agent", "parts": [{"kind": "text", "text": "Hi"}]},
                },
            }
        },
        HI,
    ),
    "A2A, a state alone": ({"kind": "status-update", "status": {"state": "working"}}, None),
    "LangChain": (
        {"event": "on_chat_model_stream", "data": {"chunk": {"lc": 1, "kwargs": {"content": "Hi"}}}},
        HI,
    ),
    "Bedrock": ({"contentBlockDelta": {"delta": {"text": "Hi"}, "contentBlockIndex": 0}}, HI),
    "a token": ({"type": "token", "token": "Hi"}, HI),
    "a result": ({"type": "result", "result": "Hi"}, HI),
    "a tool's result": ({"name": "cut", "result": "Cut three clips."}, None),
    "a sentence in an envelope": (
        {"code": 0, "message": "ok", "data": "Hi there"},
        [TextEvent("Hi there", partial=True)],
    ),
    "a word in an envelope": ({"code": 0, "message": "ok", "data": "accepted"}, None),
    "JSON in a text": (json.dumps({"text": "Hi"}), HI),
    "a failed status": ({"status": "failed", "reason": "No room."}, [ErrorEvent("No room.")]),
    "an error's status": ({"status": "error", "message": "No room."}, [ErrorEvent("No room.")]),
    "a failed step": ({"status": "failed", "step": "cut", "why": "No room."}, None),
    "errors": ({"errors": [{"message": "No room."}]}, [ErrorEvent("No room.")]),
    "an exception": ({"type": "exception", "message": "No room."}, [ErrorEvent("No room.")]),
    "a failure in a flag": ({"ok": False, "reason": "No room."}, [ErrorEvent("No room.")]),
    "a failure in a tool's manner": (
        {"isError": True, "content": [{"type": "text", "text": "No room."}]},
        [ErrorEvent("No room.")],
    ),
    "a gateway's": (
        {"message": "Internal Server Error", "statusCode": 500},
        [ErrorEvent("Internal Server Error", "500")],
    ),
    "SOAP": ({"fault": {"faultstring": "No room."}}, [ErrorEvent("No room.")]),
    "OpenAI's, failed": (
        {"type": "response.failed", "response": {"error": {"code": "server_error", "message": "No room."}}},
        [ErrorEvent("No room.", "server_error")],
    ),
    "a tool's failure": (
        {"type": "tool_error", "name": "cut", "message": "No clip 7."},
        [ToolResultEvent("", "cut", {"error": "No clip 7."})],
    ),
    "a log's error": ({"type": "log", "level": "error", "message": "No room."}, None),
    "an error that is over": ({"type": "error_recovered", "code": 0}, None),
    "a warning": (
        {"type": "warning", "message": "Only three were cut."},
        [TextEvent("Only three were cut.")],
    ),
    "a notice": ({"type": "notice", "text": "Few credits are left."}, [TextEvent("Few credits are left.")]),
    "an error's number": ({"err_no": 3, "err_msg": "No room."}, [ErrorEvent("No room.")]),
    "Bedrock's": (
        {"throttlingException": {"message": "Too many."}},
        [ErrorEvent("Too many.", "throttlingException")],
    ),
    "Bedrock's, without words": (
        {"internalServerException": {}},
        [ErrorEvent("The agent stopped (internalServerException).", "internalServerException")],
    ),
    "OpenAI's, incomplete": (
        {"type": "response.incomplete", "response": {"incomplete_details": {"reason": "max_output_tokens"}}},
        [ErrorEvent(TOO_LONG, "max_output_tokens")],
    ),
    "Bedrock's, too long": (
        {"messageStop": {"stopReason": "max_tokens"}},
        [ErrorEvent(TOO_LONG, "max_tokens")],
    ),
    "Bedrock's end": ({"messageStop": {"stopReason": "end_turn"}}, None),
    "OpenRouter's, broken": (
        {"choices": [{"delta": {"content": "I cu"}, "finish_reason": "error"}]},
        [
            TextEvent("I cu", partial=True),
            ErrorEvent("The agent's model failed in the middle of its answer. Try again.", "error"),
        ],
    ),
    "a number and a message": (
        {"error_code": 336003, "error_msg": "No room."},
        [ErrorEvent("No room.", "336003")],
    ),
    "no success, as a number": ({"success": 0, "message": "No room."}, [ErrorEvent("No room.")]),
    "an error that was": ({"last_error": {"code": 7, "msg": "No room."}, "on_error": "retry"}, None),
    "Gemini's block": ({"promptFeedback": {"blockReason": "SAFETY"}}, [ErrorEvent(FOR_SAFETY, "SAFETY")]),
    "Gemini's block, with words": (
        {"promptFeedback": {"blockReason": "OTHER", "blockReasonMessage": "Not here."}},
        [ErrorEvent("Not here.", "OTHER")],
    ),
    "Gemini's prompt that passes": (
        {"promptFeedback": {"blockReason": "BLOCK_REASON_UNSPECIFIED", "safetyRatings": []}},
        None,
    ),
    "Volcengine's": (
        {"ResponseMetadata": {"RequestId": "r", "Error": {"Code": "X", "Message": "No room."}}},
        [ErrorEvent("No room.", "X")],
    ),
    "MiniMax's": (
        {"base_resp": {"status_code": 1004, "status_msg": "No room."}},
        [ErrorEvent("No room.", "1004")],
    ),
    "MiniMax's, and all is well": ({"base_resp": {"status_code": 0, "status_msg": "all is well"}}, None),
    "a state in Chinese": ({"status": "失败", "message": "No room."}, [ErrorEvent("No room.")]),
    "a state in Chinese that goes on": ({"state": "处理中"}, None),
    **{
        f"A2A, {state}, {role}": (
            {
                "jsonrpc": "2.0",
                "result": {
                    "kind": "status-update",
                    "status": {"state": state, "message": {**role, "parts": [{"text": "No room."}]}},
                },
            },
            [ErrorEvent("No room.")],
        )
        for state in ("failed", "rejected", "TASK_STATE_FAILED")
        for role in ({}, {"role": "agent"})
    },
    "Vercel's": ({"type": "error", "errorText": "No room."}, [ErrorEvent("No room.")]),
    "Vercel's stop": ({"type": "abort"}, [ErrorEvent("The agent failed.")]),
    "Coze's": (
        {"id": "1", "status": "failed", "last_error": {"code": 5000, "msg": "No room."}},
        [ErrorEvent("No room.")],
    ),
    "LangGraph's question": (
        {"__interrupt__": [{"value": "Which clip?", "id": "q"}]},
        [ToolCallEvent("", "ask_question", {"prompt": "Which clip?"})],
    ),
    "LangGraph's question with choices": (
        {"__interrupt__": [{"value": {"question": "Which?", "options": ["one", "two"]}}]},
        [ToolCallEvent("", "ask_question", {"question": "Which?", "options": ["one", "two"]})],
    ),
    "too deep": ({"data": {"data": {"data": {"data": {"data": {"data": {"text": "Hi"}}}}}}}, None),
}


for _told in (
    {"type": "stream_error"},
    {"type": "ERROR"},
    {"type": "agent_error"},
    {"type": "task_failed"},
    {"type": "aborted"},
    {"type": "timeout"},
    {"type": "RUN_ERROR"},
    {"type": "status", "status": "error"},
    {"type": "message", "level": "error"},
    {"event": "error"},
    {"kind": "error"},
    {"level": "error"},
    {"state": "failed"},
    {"status": "FAILED"},
    {"failed": True},
    {"success": "false"},
):
    for _where in ("message", "content", "text"):
        OTHERS[f"{_told} {_where}"] = ({**_told, _where: "No room."}, [ErrorEvent("No room.")])
    OTHERS[f"{_told} inside"] = ({**_told, "data": {"message": "No room."}}, [ErrorEvent("No room.")])
for _name in ("exception", "err", "error_msg", "errorMsg"):
    OTHERS[_name] = ({_name: "No room."}, [ErrorEvent("No room.")])


@pytest.mark.parametrize(("value", "expected"), OTHERS.values(), ids=OTHERS)
def test_shape_that_the_protocol_does_not_name(value, expected):
    """Words that stand openly in an event of an unknown shape are the agent's; all else is kept as it is."""
    assert decode(Message(json.dumps(value))) == ([UnknownEvent(value)] if expected is None else expected)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("I cut the first second.", [TextEvent("I cut the first second.", partial=True)]),
        ("剪掉了第一秒。", [TextEvent("剪掉了第一秒。", partial=True)]),
        (" lo", [TextEvent(" lo", partial=True)]),
        ("ping", [UnknownEvent("ping")]),
        ("Keep-Alive", [UnknownEvent("Keep-Alive")]),
        ("[DONE]", [UnknownEvent("[DONE]")]),
        ("{half", [UnknownEvent("{half")]),
        ("<p>Hi</p>", [UnknownEvent("<p>Hi</p>")]),
        ("17", [UnknownEvent(17)]),
        ("---", [UnknownEvent("---")]),
        ('{"text": "a"}\n{"text": "b"}', [TextEvent("a", partial=True), TextEvent("b", partial=True)]),
        ('{"type": "text",\n"content": "a"}', [TextEvent("a", partial=True)]),
        ('{"text": "a"}\nHi', [UnknownEvent('{"text": "a"}\nHi')]),
    ],
)
def test_data_that_is_no_event(data, expected):
    """Plain words are the agent's, lines that are an event each are several, and signs are no words."""
    assert decode(Message(data)) == expected


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ({"x": {"note": "I cut the first second."}}, True),
        ([{"said": ["I cut it."]}], True),
        ("<p>I cut it.</p>", True),
        ({"x": "Done."}, True),
        ({"x": "已经剪掉了"}, True),
        (
            {"errorCode": "MODEL_RETURNED_NO_CONTENT", "errorMessage": "No content.", "finishReason": "STOP"},
            False,
        ),
        ({"errorCode": "STOP", "errorMessage": "No content.", "x": {"note": "I cut it."}}, True),
        ({"actions": {"stateDelta": {"a": "b c"}}, "author": "nemo agent"}, False),
        ({"type": "status", "text": "in the queue"}, False),
        ({"id": "a b", "usageMetadata": {"model": "x y"}}, False),
        ({"x": "word", "y": 7, "z": None}, False),
        (None, False),
    ],
)
def test_words_that_were_not_understood(raw, wanted):
    """Whether somebody may have said something is known of an event that was not understood."""
    assert holds_words(raw) is wanted


def test_ends_in_other_shapes():
    """OpenAI's and Ollama's ways to say that an answer is at its end are known."""
    assert says_end("[DONE]", pending=False)
    assert says_end({"choices": [{"delta": {}, "finish_reason": "stop"}]}, pending=False)
    assert says_end({"message": {}, "done": True}, pending=False)
    assert not says_end({"choices": [{"delta": {}, "finish_reason": None}]}, pending=False)
    assert not says_end({"done": False}, pending=False)
    assert says_end({"messageStop": {"stopReason": "end_turn"}}, pending=False)
    assert not says_end({"messageStop": {"stopReason": "tool_use"}}, pending=True)
    assert says_end({"type": "message_delta", "delta": {"stop_reason": "end_turn"}}, pending=False)
    assert says_end({"response": "", "done": True, "done_reason": "stop"}, pending=False)
    assert not says_end({"choices": [{"delta": {}, "finish_reason": "tool_calls"}]}, pending=True)
    assert not says_end({"delta": {"stop_reason": "tool_use"}}, pending=True)


@pytest.mark.parametrize(
    "stream",
    [
        b"data:\n\n",
        b"data: heartbeat\n\n",
        b'data: {"type":"heartbeat"}\n\n',
        b"event: heartbeat\n\n",
        b": alive\n",
    ],
)
def test_every_form_of_heartbeat(stream):
    """All five forms of keep-alive are one event."""
    assert [e for m in Decoder().feed(stream) for e in decode(m)] == [HeartbeatEvent()]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ('{"error": "a "quoted" b"}', 'a "quoted" b'),
        ('{"error": "KeyError: "x"", "error_details": {"a": 1}}', 'KeyError: "x"'),
        ('{ "error":"', "The agent failed."),
    ],
)
def test_error_that_is_no_json(data, told):
    """An error whose quotes are not escaped is still an error, with its words."""
    assert decode(Message(data)) == [ErrorEvent(told)]


@pytest.mark.parametrize(
    "message",
    [
        Message('{"code": "E_BUSY"}'),
        Message('{"code": "E_BUSY"}', "error"),
        Message("E_BUSY", "error"),
        Message('{"error": "E_BUSY"}'),
        Message('{"error": "E_BUSY: "}'),
        Message('{"error": {"code": "E_BUSY"}}'),
        Message('{"detail": {"code": "E_BUSY", "message": "E_BUSY"}}'),
        Message('{"success": false, "message": "E_BUSY"}'),
        Message('{"type": "error", "code": "E_BUSY"}'),
        Message('{"type": "error", "message": "E_BUSY"}'),
        Message('{"type": "error", "error": {"type": "E_BUSY"}}'),
        Message('{"errorCode": "E_BUSY"}'),
        Message('{"errorMessage": "E_BUSY"}'),
    ],
)
def test_a_bare_code_is_told_in_a_sentence(message):
    """A failure whose only word is a code between machines is told as one that stopped, and by which."""
    (event,) = decode(message)
    assert event.message in ("The agent stopped (E_BUSY).", "The server stopped (E_BUSY).")
    codes = decode(Message('{"error": "SAFETY"}')) + decode(Message('{"errorCode": "SAFETY"}'))
    assert len({event.message for event in codes}) == 1  # the model's own reasons have words


def test_not_json():
    """Words that are no JSON are kept, and are an error where the event is named so."""
    assert decode(Message("[DONE]")) == [UnknownEvent("[DONE]")]
    assert decode(Message("boom", "error")) == [ErrorEvent("boom")]
    assert decode(Message('{"message": "boom", "code": 2001}', "error")) == [ErrorEvent("boom", "2001")]
    assert decode(Message('{"x": 1}', "error")) == [ErrorEvent("The agent failed.")]
    assert decode(Message("", "error")) == [ErrorEvent("The agent failed.")]


@pytest.mark.parametrize(
    ("more", "last"),
    [
        ({"finishReason": "STOP"}, True),
        ({"finish_reason": "STOP"}, True),
        ({"turnComplete": True}, True),
        ({"turnComplete": False, "finishReason": None}, False),
    ],
)
def test_named_end(more, last):
    """An event that names its end carries it with its words; without words it is kept as it came."""
    (event,) = parse(adk({"text": "Hi"}, partial=True, **more))
    assert event.last is last
    assert says_end({"author": "x", **more}, pending=False) is last
    assert says_end({"author": "x", **more}, pending=True) is bool(more.get("turnComplete"))


KEYS = [
    "type",
    "content",
    "parts",
    "text",
    "thought",
    "functionCall",
    "functionResponse",
    "id",
    "name",
    "args",
    "error",
    "errorCode",
    "code",
    "message",
    "partial",
    "author",
    "result",
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner | st.sampled_from(["text", "tool_call", "heartbeat", "error", "user"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(VALUES)
def test_no_value_raises(value):
    """Whatever JSON comes, there is at least one event."""
    assert parse(value)


@settings(deadline=None)
@given(st.text(max_size=30) | st.text(alphabet='{}[]":, error12', max_size=30))
def test_no_text_raises(text):
    """Whatever text comes, there is at least one event."""
    assert decode(Message(text))


@pytest.mark.parametrize("data", ["[" * 100_000, '{"a":' * 50_000, "1" * 5_000])
def test_hostile_json(data):
    """JSON made to break a parser is an unknown event."""
    assert isinstance(decode(Message(data))[0], UnknownEvent)


def test_recorded_stream(recorded):
    """What a real ADK server sent reads as thought, call, result, two pieces and the whole."""
    events = [e for m in Decoder().feed(recorded("streaming.http")) for e in decode(m)]
    assert [type(e).__name__ for e in events] == [
        "ThoughtEvent",
        "ToolCallEvent",
        "ToolResultEvent",
        "TextEvent",
        "TextEvent",
        "TextEvent",
    ]
    assert events[-1] == TextEvent("Removed 0:45 to 1:20 and joined the rest smoothly.")


FAR = {"tool": "t", "source": "a.mp4", "done_s": 1, "whole_s": 4}


@pytest.mark.parametrize(
    "event", [{"type": "progress", **FAR}, {"customMetadata": {"nemo": {"progress": FAR}}}]
)
def test_how_far_a_tool_is(event):
    """A studio tells the seconds that it has looked through; elsewhere such an event is of no known kind."""
    assert parse(event) == [ProgressEvent("t", "a.mp4", 1, 4)]
    for strange in ({"type": "progress"}, {"type": "progress", "done_s": 1, "whole_s": 0}):
        assert not any(isinstance(found, ProgressEvent) for found in parse(strange))
