-- The orders of a customer, who has placed ten.
dofile(os.getenv("LOAD") .. "/common.lua")

local ids = customers()
local number = 0

function request()
  number = number + 1
  return wrk.format("GET", "/users/" .. ids[number % #ids + 1] .. "/orders")
end
