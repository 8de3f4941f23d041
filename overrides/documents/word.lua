-- What only pandoc can add for Word: a new page before a part, and each picture in its place. Styles are named in the
-- HTML (macros/wordfiles.py): a filter that is asked about every element takes a quarter of pandoc's time.
function Header(header)
  if header.classes:includes("opening") then
    return { pandoc.RawBlock("openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'), header }
  end
end

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
  local blocks = { pandoc.Div({ pandoc.Para({ pandoc.Str(caption) }) }, { ["custom-style"] = "LRP Name" }), pandoc.Para({ picture }) }
  if wide then
    table.insert(blocks, 1, section(11906, 16838, ""))
    table.insert(blocks, section(16838, 11906, ' w:orient="landscape"'))
  end
  return blocks
end
