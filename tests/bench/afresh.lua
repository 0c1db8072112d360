-- Changes the address with each request, so that no answer is one that was kept.
local number = 0
request = function()
  number = number + 1
  local path = wrk.path
  if path:find("items", 1, true) then
    -- A rectangle that differs in the seventh decimal holds the same features.
    path = path:gsub("bbox=([^&]*)", function(bbox) return string.format("bbox=%s%05d", bbox, number % 100000) end)
  elseif path:find("metres", 1, true) then
    -- A radius that differs in the sixth decimal holds the same neighbourhoods.
    path = path:gsub("metres=([^&]*)", function(metres) return string.format("metres=%s.%06d", metres, number % 1000000) end)
  elseif path:find("share=", 1, true) then
    path = path:gsub("share=([^&]*)", function(share) return string.format("share=%s%07d", share, number % 10000000) end)
  elseif path:find("POLYGON", 1, true) then
    -- A first corner that differs in the seventh decimal.
    path = path:gsub("%(%(([^%%]*)%%20", function(longitude) return string.format("((%s%06d%%20", longitude, number % 1000000) end, 1)
  else
    path = path .. "edition=" .. number
  end
  return wrk.format("GET", path)
end
