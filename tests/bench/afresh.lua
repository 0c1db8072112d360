-- Changes the address with each request, so that no answer is one that was kept.
local number = 0
request = function()
  number = number + 1
  local path = wrk.path
  if path:find("items", 1, true) then
    -- A rectangle that differs in the seventh decimal holds the same features.
    path = path:gsub("bbox=([^&]*)", function(bbox) return string.format("bbox=%s%05d", bbox, number % 100000) end)
  else
    path = path .. "edition=" .. number
  end
  return wrk.format("GET", path)
end
