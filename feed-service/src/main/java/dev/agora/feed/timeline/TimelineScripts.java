package dev.agora.feed.timeline;

import dev.agora.platform.redis.RedisScripts.Script;

/**
 * The atomic steps on the list of a timeline, as scripts.
 * <p>
 * The ids of a list are sorted, newest first, so a page of a feed is one range of the
 * list. The last element is its seal: {@code building <run> <token>} during the build,
 * then {@code sorted <run> <watermark> <authors> <pulled>}. The last field has those
 * authors whose activities are not pushed, or {@code -}. Ids sort before seals.
 * <p>
 * The run identifies the Redis process since it became a master: a process draws a new
 * {@code master_replid} when it starts, and when it is promoted. A process that was
 * restored from a file, or that took over from another, may have lost the last pushes,
 * and no list shows which. So a seal of another run is not trusted. A replica reports the
 * id of its master, so the role is a part of the run.
 */
final class TimelineScripts {

	private static final String RUN = """
			local info = redis.call('INFO', 'replication')
			local run = assert(string.match(info, 'role:(%w+)'), 'no role')
				.. assert(string.match(info, 'master_replid:(%w+)'), 'no master_replid')
			""";

	/**
	 * Fails if Redis compares texts by the alphabet of a language, which has other orders
	 * of some letters or of pairs of them. Ids have the letters of the words.
	 */
	private static final String REQUIRE_ORDER_OF_BYTES = """
				local before = ''
				for word in string.gmatch('9 A AA AB C CH CJ CS CT D DD DE DH DJ DZ E F FF FG G GJ GK GY GZ H J N NG '
						.. 'NH NJ NK NY NZ P PH PJ Q R RH RJ RR RS S SH SJ SZ T TH TJ TY TZ V VZ W X XH XJ Y Z ZH ZJ '
						.. 'ZS ZT', '%w+') do
					assert(before < word, 'LC_COLLATE is not C')
					before = word
				end
			""";

	/**
	 * Reads a range of a list, or claims its build. Keys: the list. Arguments: the token,
	 * the TTL of the claim and the TTL of the list, both in ms, the id after which the
	 * range begins or "", the number of ids. Returns the seal; after that of a built list
	 * follow a space and the ids, separated by commas.
	 */
	static final Script<String> OPEN_OR_CLAIM = Script.ofText(RUN + """
			local seal = redis.call('LINDEX', KEYS[1], -1) or ''
			local sorted = string.match(seal, '^sorted (%w+) %w+ %S+ %S+$')
			local sealedIn = sorted or string.match(seal, '^building (%w+) %S+$')
			if sealedIn ~= run then
			""" + REQUIRE_ORDER_OF_BYTES + """
				local claim = 'building ' .. run .. ' ' .. ARGV[1]
				redis.call('DEL', KEYS[1])
				redis.call('RPUSH', KEYS[1], claim)
				redis.call('PEXPIRE', KEYS[1], ARGV[2])
				return claim
			end
			if not sorted then
				return seal
			end
			if redis.call('PTTL', KEYS[1]) < ARGV[3] / 2 then
				redis.call('PEXPIRE', KEYS[1], ARGV[3])
			end
			local from = 0
			if ARGV[4] ~= '' then
				local at = redis.call('LPOS', KEYS[1], ARGV[4])
				if at then
					from = at + 1
				else
					for _, id in ipairs(redis.call('LRANGE', KEYS[1], 0, -2)) do
						from = from + (id > ARGV[4] and 1 or 0)
					end
				end
			end
			local ids = redis.call('LRANGE', KEYS[1], from, from + ARGV[5] - 1)
			if ids[#ids] == seal then
				ids[#ids] = nil
			end
			return seal .. ' ' .. table.concat(ids, ',')
			""");

	/**
	 * Reads the first ids of a built list and changes nothing. Keys: the list. Arguments:
	 * the number of ids. Returns what {@link #OPEN_OR_CLAIM} returns, or an empty text if
	 * the list is missing, being built or not of this run.
	 */
	static final Script<String> PEEK = Script.ofText(RUN + """
			local seal = redis.call('LINDEX', KEYS[1], -1) or ''
			if string.match(seal, '^sorted (%w+) %w+ %S+ %S+$') ~= run then
				return ''
			end
			local ids = redis.call('LRANGE', KEYS[1], 0, ARGV[1] - 1)
			if ids[#ids] == seal then
				ids[#ids] = nil
			end
			return seal .. ' ' .. table.concat(ids, ',')
			""");

	/**
	 * Completes a list if its claim is still there: merges its history with the ids that
	 * were pushed since the claim. A list whose pushed ids are not sorted is deleted: an
	 * older instance has pushed to it. Keys: the list. Arguments: the token, the TTL of
	 * the list in ms, the watermark, authors and pulled authors for the seal, then the
	 * history, newest first. Returns 1 if the list was completed.
	 */
	static final Script<Long> COMPLETE = Script.ofNumber(RUN + """
			local pushed = redis.call('LRANGE', KEYS[1], 0, -1)
			if pushed[#pushed] ~= 'building ' .. run .. ' ' .. ARGV[1] then
				return 0
			end
			redis.call('DEL', KEYS[1])
			for at = 2, #pushed - 1 do
				if pushed[at] >= pushed[at - 1] then
					return 0
				end
			end
			local merged = {}
			local at = 1
			for history = 4, #ARGV do
				while at < #pushed and pushed[at] > ARGV[history] do
					merged[#merged + 1] = pushed[at]
					at = at + 1
				end
				if pushed[at] == ARGV[history] then
					at = at + 1
				end
				merged[#merged + 1] = ARGV[history]
			end
			local watermark = string.match(ARGV[3], '^%w+')
			while at < #pushed and pushed[at] >= watermark do
				merged[#merged + 1] = pushed[at]
				at = at + 1
			end
			merged[#merged + 1] = 'sorted ' .. run .. ' ' .. ARGV[3]
			for from = 1, #merged, 1000 do
				redis.call('RPUSH', KEYS[1], unpack(merged, from, math.min(from + 999, #merged)))
			end
			redis.call('PEXPIRE', KEYS[1], ARGV[2])
			return 1
			""");

	/**
	 * Pushes an id to its place in each existing list, which is nearly always its head.
	 * An id that is there already changes nothing, since fan-outs are repeated. An id
	 * below the watermark is left out, since only the store is complete there. A list
	 * that becomes too long is trimmed: its last id is the new watermark. Without a
	 * watermark, or if it is not sorted there, it is deleted. Keys: the lists. Arguments:
	 * the id, the number of elements that are searched at a time, the maximum length, the
	 * number of ids that a trimmed list keeps. Returns the number of lists that exist.
	 */
	static final Script<Long> PUSH = Script.ofNumber("""
			local id = ARGV[1]
			local function insert(key)
				local head = redis.call('LINDEX', key, 0)
				if not head or head < id or string.find(head, ' ', 1, true) then
					return redis.call('LPUSHX', key, id)
				end
				local from = 0
				repeat
					local part = redis.call('LRANGE', key, from, from + ARGV[2] - 1)
					for _, element in ipairs(part) do
						local watermark = string.match(element, '^sorted %w+ (%w+) ')
						if element == id or watermark and watermark > id then
							return 1
						elseif element < id or string.find(element, ' ', 1, true) then
							return redis.call('LINSERT', key, 'BEFORE', element, id)
						end
					end
					from = from + #part
				until #part == 0
				return 1
			end
			local function trim(key)
				local seal = redis.call('LINDEX', key, -1)
				local run, authors = string.match(seal, '^(sorted %w+ )%w+( .+)$')
				local last, cut = unpack(redis.call('LRANGE', key, ARGV[4] - 1, ARGV[4]))
				if not run or cut >= last then
					redis.call('DEL', key)
					return
				end
				redis.call('LTRIM', key, 0, ARGV[4] - 1)
				redis.call('RPUSH', key, run .. last .. authors)
			end
			local existing = 0
			for _, key in ipairs(KEYS) do
				local length = insert(key)
				existing = existing + (length > 0 and 1 or 0)
				if length > tonumber(ARGV[3]) then
					trim(key)
				end
			end
			return existing
			""");

	/**
	 * Marks an author of a timeline as pulled. A claim is deleted instead, since its
	 * builder may have read the author as pushed. Keys: the list. Arguments: the author.
	 */
	static final Script<Long> MARK_PULLED = Script.ofNumber("""
			local seal = redis.call('LINDEX', KEYS[1], -1) or ''
			local head, pulled = string.match(seal, '^(sorted %w+ %w+ %S+) (%S+)$')
			if not head then
				return redis.call('DEL', KEYS[1])
			end
			if string.find(pulled, ARGV[1], 1, true) then
				return 0
			end
			redis.call('LSET', KEYS[1], -1, head .. ' ' .. (pulled == '-' and '' or pulled .. ',') .. ARGV[1])
			return 1
			""");

	private TimelineScripts() {
	}

}
