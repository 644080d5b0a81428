-- Everybody signs up, each with an address that nobody had before.
dofile(os.getenv("LOAD") .. "/common.lua")

local number = 0

function request()
  number = number + 1
  local email = os.getenv("ROUND") .. "-" .. thread_number .. "-" .. number .. "@beans.example"
  return post("/users", '{"email":"' .. email .. '","name":"Ada"}')
end
