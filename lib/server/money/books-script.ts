// Tested in ledger.test, settle.test and budget-marks.test.
import 'server-only';

/**
 * Lua that the scripts of the ledger share. Accounts are those of `ledger.ts`. `readSums` adds to each account what is spent
 * and held in its own unit, and returns the value of one more field of the books, whether the books hold any of these yet,
 * and the value of `another` field. `writeSums` writes them, and `more`, a list of fields and values. `crossed` returns the
 * marks of the site's budget that its spending has just passed: spending only grows, so each is passed once a day.
 * `marksJson` is a list of pairs, per cent and micro-USD, or empty if no webhook asks for them.
 */
export const BOOKS = `
local function whole(number) return string.format('%.0f', number) end
local function perSecond(account, price) return account.unit == 'seconds' and 1 or price end
local function readSums(books, accounts, field, another)
  local fields = {field}
  for _, account in ipairs(accounts) do
    table.insert(fields, account.id .. ':spent')
    table.insert(fields, account.id .. ':held')
  end
  if another then table.insert(fields, another) end
  local values, isNew = redis.call('HMGET', books, unpack(fields)), true
  for i, account in ipairs(accounts) do
    account.spent, account.held = tonumber(values[2 * i] or '0'), tonumber(values[2 * i + 1] or '0')
    isNew = isNew and not values[2 * i + 1]
  end
  return values[1] or '', isNew, another and values[#fields] or ''
end
local function writeSums(books, accounts, field, value, more)
  local fields = {field, value, unpack(more or {})}
  for _, account in ipairs(accounts) do
    table.insert(fields, account.id .. ':spent')
    table.insert(fields, whole(account.spent))
    table.insert(fields, account.id .. ':held')
    table.insert(fields, whole(account.held))
  end
  redis.call('HSET', books, unpack(fields))
end
local function secondsLeft(accounts)
  local left = math.huge
  for _, account in ipairs(accounts) do
    if account.unit == 'seconds' then left = math.min(left, account.limit - account.spent - account.held) end
  end
  return math.max(0, left)
end
local function crossed(marksJson, before, after)
  local passed = {}
  for _, mark in ipairs(marksJson == '' and {} or cjson.decode(marksJson)) do
    if before < mark[2] and after >= mark[2] then table.insert(passed, mark[1]) end
  end
  return passed
end
`;
