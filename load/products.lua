-- The first page of the catalogue: 20 of 1,000 products.
dofile(os.getenv("LOAD") .. "/common.lua")

function request()
  return wrk.format("GET", "/products?limit=20")
end
