-- A hundred customers place orders of two lines.
dofile(os.getenv("LOAD") .. "/common.lua")

local ids = customers()
local number = 0

function request()
  number = number + 1
  return post("/orders", order(ids, number))
end
