package dev.agora.feed.timeline;

import dev.agora.platform.redis.RedisScripts.Script;

/**
 * The atomic steps on the list of a timeline, as scripts.
 * <p>
 * The ids of a list are sorted, newest first, so a page of a feed is one range of the
 * list. The last element is its seal: {@code building <run> <token>} during the build,
 * then {@code sorted <run> <watermark> <authors>}. Ids sort before seals.
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
	 * Reads a range of a list, or claims its build. Keys: the list. Arguments: the token,
	 * the TTL of the claim and the TTL of the list, both in ms, the id after which the
	 * range begins or "", the number of ids. Returns the seal; after that of a built list
	 * follow a space and the ids, separated by commas.
	 */
	static final Script<String> OPEN_OR_CLAIM = Script.ofText(RUN + """
			local seal = redis.call('LINDEX', KEYS[1], -1) or ''
			local sorted = string.match(seal, '^sorted (%w+) %w+ %S+$')
			local sealedIn = sorted or string.match(seal, '^building (%w+) %S+$')
			if sealedIn ~= run then
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
	 * Completes a list if its claim is still there: merges its history with the ids that
	 * were pushed since the claim. Keys: the list. Arguments: the token, the TTL of the
	 * list in ms, the watermark, the authors, then the history, newest first. Returns 1
	 * if the list was completed.
	 */
	static final Script<Long> COMPLETE = Script.ofNumber(RUN + """
			local pushed = redis.call('LRANGE', KEYS[1], 0, -1)
			if pushed[#pushed] ~= 'building ' .. run .. ' ' .. ARGV[1] then
				return 0
			end
			redis.call('DEL', KEYS[1])
			local at = 1
			for history = 5, #ARGV do
				while at < #pushed and pushed[at] > ARGV[history] do
					redis.call('RPUSH', KEYS[1], pushed[at])
					at = at + 1
				end
				if pushed[at] == ARGV[history] then
					at = at + 1
				end
				redis.call('RPUSH', KEYS[1], ARGV[history])
			end
			while at < #pushed and pushed[at] >= ARGV[3] do
				redis.call('RPUSH', KEYS[1], pushed[at])
				at = at + 1
			end
			redis.call('RPUSH', KEYS[1], 'sorted ' .. run .. ' ' .. ARGV[3] .. ' ' .. ARGV[4])
			redis.call('PEXPIRE', KEYS[1], ARGV[2])
			return 1
			""");

	/**
	 * Pushes an id to its place in an existing list, which is nearly always its head. An
	 * id that is there already changes nothing, since fan-outs are repeated. An id below
	 * the watermark is left out, since only the store is complete there. Keys: the list.
	 * Arguments: the id, the number of elements that are searched at a time. Returns the
	 * length of the list, 0 if it does not exist.
	 */
	static final Script<Long> PUSH = Script.ofNumber("""
			local head = redis.call('LINDEX', KEYS[1], 0)
			if not head or head < ARGV[1] or string.find(head, ' ', 1, true) then
				return redis.call('LPUSHX', KEYS[1], ARGV[1])
			end
			local from = 0
			repeat
				local part = redis.call('LRANGE', KEYS[1], from, from + ARGV[2] - 1)
				for _, element in ipairs(part) do
					local watermark = string.match(element, '^sorted %w+ (%w+) ')
					if element == ARGV[1] or watermark and watermark > ARGV[1] then
						return redis.call('LLEN', KEYS[1])
					elseif element < ARGV[1] or string.find(element, ' ', 1, true) then
						return redis.call('LINSERT', KEYS[1], 'BEFORE', element, ARGV[1])
					end
				end
				from = from + #part
			until #part == 0
			return redis.call('LLEN', KEYS[1])
			""");

	private TimelineScripts() {
	}

}
