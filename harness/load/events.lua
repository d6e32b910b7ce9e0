-- Signed events for wrk, in the mix of a busy Langfuse project: 40% trace.created, 20% trace.updated (5% of them
-- ERROR), 30% generation.created, 10% score.created (10% of them low). Each event is its own.
--
-- wrk ... -s events.lua URL -- RUN SIZE RATE ERRORS
--   RUN   a word that tells this run's ids from another's
--   SIZE  bytes to add to each body
--   RATE  a file that holds how many requests a second are wanted, read anew every 100 ms; "-" for as many as go
--   ERRORS how many of a hundred are ERROR traces of three causes, before the mix; 0 for the mix alone
local ffi = require("ffi")
ffi.cdef [[
typedef struct { unsigned int h[8]; unsigned int lo, hi; unsigned int data[16]; unsigned int num, md_len; } sha256;
int SHA256_Init(sha256 *c);
int SHA256_Update(sha256 *c, const void *data, size_t len);
int SHA256_Final(unsigned char *md, sha256 *c);
typedef struct { long s; long ns; } timespec;
int clock_gettime(int clock, timespec *t);
]]
local crypto = ffi.load("crypto.so.3")

local SECRET = "lf-whsec_secret-of-the-harness-0123456789"
local RATE_IS_READ_EVERY = 0.1

local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

-- HMAC-SHA256 (RFC 2104) with the key's two blocks hashed once.
local function keyed(pad)
  local block = {}
  for i = 1, 64 do
    block[i] = string.char(bit.bxor(SECRET:byte(i) or 0, pad))
  end
  local hash = ffi.new("sha256")
  crypto.SHA256_Init(hash)
  crypto.SHA256_Update(hash, table.concat(block), 64)
  return hash
end

local inner, outer = keyed(0x36), keyed(0x5c)
local hash, digest, hex = ffi.new("sha256"), ffi.new("unsigned char[32]"), ffi.new("char[64]")
local digits = "0123456789abcdef"

local function signature(text)
  ffi.copy(hash, inner, ffi.sizeof(hash))
  crypto.SHA256_Update(hash, text, #text)
  crypto.SHA256_Final(digest, hash)
  ffi.copy(hash, outer, ffi.sizeof(hash))
  crypto.SHA256_Update(hash, digest, 32)
  crypto.SHA256_Final(digest, hash)
  for i = 0, 31 do
    hex[2 * i] = digits:byte(bit.rshift(digest[i], 4) + 1)
    hex[2 * i + 1] = digits:byte(bit.band(digest[i], 15) + 1)
  end
  return ffi.string(hex, 64)
end

local now = ffi.new("timespec")

local function seconds(clock)
  ffi.C.clock_gettime(clock, now)
  return tonumber(now.s) + tonumber(now.ns) / 1e9
end

-- Of this millisecond, as a bridge's events are.
local second, prefix = 0, ""

local function timestamp()
  local at = seconds(0)
  local whole = math.floor(at)
  if whole ~= second then
    second, prefix = whole, os.date("!%Y-%m-%dT%H:%M:%S", whole)
  end
  return string.format("%s.%03dZ", prefix, (at - whole) * 1000)
end

local run, fill, rateFile, errors

function init(args)
  run = args[1] or "run"
  local size = tonumber(args[2] or 0)
  fill = size > 0 and ',"input":"' .. string.rep("x", size - 11) .. '"' or ""
  rateFile = args[3] or "-"
  errors = tonumber(args[4] or 0)
  math.randomseed(number + 1)
  if rateFile ~= "-" then
    delay = paced
  end
end

local made = 0

-- As random as Langfuse's, and never the same.
local function trace()
  return string.format("%08x%s%02x%08x", math.random(0, 0xffffffff), run, number, made)
end

local CAUSES = {
  "429 Too Many Requests: request %d of this minute",
  "Timeout after %d ms at https://api.example.com/v1/chat",
  "Expected a JSON object, got %d bytes",
}

-- Each with a number of its own, which is no cause of its own.
local function failed(time)
  local message = string.format(CAUSES[math.random(#CAUSES)], math.random(100000))
  return string.format('{"event":"trace.updated","timestamp":"%s","data":{"projectId":"p1","traceId":"%s","name":"checkout-agent","level":"ERROR","statusMessage":"%s"%s}}', time, trace(), message, fill)
end

local function body()
  made = made + 1
  local time = timestamp()
  if math.random(100) <= errors then
    return failed(time)
  end
  local kind = math.random(100)
  if kind <= 40 then
    return string.format('{"event":"trace.created","timestamp":"%s","data":{"projectId":"p1","traceId":"%s","name":"checkout-agent","userId":"user-4711","sessionId":"session-0815"%s}}', time, trace(), fill)
  elseif kind <= 60 then
    local failed = math.random(100) <= 5
    return string.format('{"event":"trace.updated","timestamp":"%s","data":{"projectId":"p1","traceId":"%s","name":"checkout-agent","level":"%s","statusMessage":"%s"%s}}', time, trace(), failed and "ERROR" or "DEFAULT", failed and "429 Too Many Requests" or "", fill)
  elseif kind <= 90 then
    local id = trace()
    return string.format('{"event":"generation.created","timestamp":"%s","data":{"projectId":"p1","traceId":"%s","observationId":"%s-g","name":"answer","model":"gpt-4o","usage":{"promptTokens":%d,"completionTokens":%d},"cost":0.0123%s}}', time, id, id, math.random(2000), math.random(500), fill)
  end
  local id = trace()
  local low = math.random(100) <= 10
  return string.format('{"event":"score.created","timestamp":"%s","data":{"projectId":"p1","traceId":"%s","scoreId":"%s-s","name":"quality","value":%.2f%s}}', time, id, id, low and 0.2 or 0.9, fill)
end

function request()
  local text = body()
  local signedAt = string.format("%d", seconds(0))
  return string.format("POST %s HTTP/1.1\r\nHost: %s:%s\r\nContent-Type: application/json\r\nx-langfuse-signature: t=%s,v1=%s\r\nContent-Length: %d\r\n\r\n%s",
    wrk.path, wrk.host, wrk.port, signedAt, signature(signedAt .. "." .. text), #text, text)
end

local rate, readAt, due = 1, 0, 0

-- Milliseconds until the next request of this thread is due; where it lags behind, it does not catch up in a burst.
function paced()
  local at = seconds(1)
  if at - readAt > RATE_IS_READ_EVERY then
    local file = io.open(rateFile)
    rate = math.max(1, tonumber(file:read("*l")) or rate)
    file:close()
    readAt = at
  end
  due = math.max(due + 1 / rate, at - 0.01)
  return math.floor((due - at) * 1000 + math.random())
end

function done(summary, latency)
  io.write(string.format("RESULT requests=%d seconds=%.3f status=%d socket=%d p50=%.0f p99=%.0f p999=%.0f max=%.0f\n",
    summary.requests, summary.duration / 1e6, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9), latency.max))
end
