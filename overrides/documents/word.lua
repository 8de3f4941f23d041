-- Gives each class of a document its style in Word, and each picture its place; the classes are those of macros/excerpts.py.
local named = {}
for name in (
  "question step term glance duty aside note name source act advice elsewhere side panel lead columns short-list sources facts notice contents asked boxes room line-room "
  .. "must should expected locally not-established mark number address"
):gmatch("%S+") do
  named[name] = true
end

local function style(name)
  local words = name:gsub("-", " ")
  return "LRP " .. words:sub(1, 1):upper() .. words:sub(2)
end

local function styled(element)
  for _, class in ipairs(element.classes) do
    if named[class] then
      element.attributes["custom-style"] = style(class)
      return element
    end
  end
end

function Div(div)
  if div.classes:includes("opening") then
    div.content:insert(1, pandoc.RawBlock("openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'))
    return div.content
  end
  return styled(div)
end

Span = styled

-- The end of a section in Word; macros/wordfiles.py gives it its header and footer.
local function section(width, height, turned)
  return pandoc.RawBlock("openxml", '<w:p><w:pPr><w:sectPr><w:pgSz w:w="' .. width .. '" w:h="' .. height .. '"' .. turned ..
    '/><w:pgMar w:top="1361" w:right="1247" w:bottom="1361" w:left="1247" w:header="624" w:footer="567" w:gutter="0"/></w:sectPr></w:pPr></w:p>')
end

-- A picture under its caption, on a page that lies as it does.
function Figure(figure)
  local image
  figure:walk({ Image = function(found) image = found end })
  if not image then return nil end
  local words = pandoc.utils.stringify(image.caption)
  local caption = pandoc.utils.stringify(figure.caption.long)
  local wide = image.classes:includes("wide")
  local picture = pandoc.Image({ pandoc.Str(words) }, image.src .. ".png", "", { width = wide and "22.5cm" or "16.5cm" })
  local blocks = { pandoc.Div({ pandoc.Para({ pandoc.Str(caption) }) }, { ["custom-style"] = style("name") }), pandoc.Para({ picture }) }
  if wide then
    table.insert(blocks, 1, section(11906, 16838, ""))
    table.insert(blocks, section(16838, 11906, ' w:orient="landscape"'))
  end
  return blocks
end
