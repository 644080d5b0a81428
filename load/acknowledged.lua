-- As place.lua, and writes down the id of each order that was answered with 201, as a customer would.
dofile(os.getenv("LOAD") .. "/common.lua")

local ids = customers()
local number = 0
local paper

function request()
  number = number + 1
  return post("/orders", order(ids, number))
end

function response(status, _, body)
  if status == 201 then
    paper = paper or assert(io.open(os.getenv("PAPER") .. "-" .. thread_number, "a"))
    paper:write(body:match('"id":"([^"]+)"'), "\n")
    paper:flush()
  end
end
