-- What the scenarios share. wrk gives each of its threads a number, and each request of a thread gets one too.

local json = { ["Content-Type"] = "application/json" }
local threads = 0

function setup(thread)
  thread:set("thread_number", threads)
  threads = threads + 1
end

function post(path, body)
  return wrk.format("POST", path, json, body)
end

-- The ids of customers, who are there already.
function customers()
  local ids = {}
  for id in io.lines(os.getenv("CUSTOMERS")) do
    ids[#ids + 1] = id
  end
  return ids
end

-- Whose turn it is. Prices and stock are for the service to know.
function order(ids, number)
  local customer = ids[number % #ids + 1]
  return '{"customer_id":"' .. customer .. '","items":[{"sku":"sku-0001","quantity":2},{"sku":"sku-0002","quantity":1}]}'
end

-- One line for the script: requests, seconds, 95th percentile in milliseconds, refusals, everything else that went wrong.
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %.3f %.2f %d %d\n",
    summary.requests,
    summary.duration / 1e6,
    latency:percentile(95) / 1e3,
    errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
