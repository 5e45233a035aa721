package dev.agora.feed.timeline;

/**
 * What Redis does with a list in one step.
 * <p>
 * The last element of a list is its seal: {@code building <run> <token>} while it is
 * made, then {@code complete <run> <floor> <authors>}. The run is that of the Redis
 * process, from when it became a master. A process that comes back from a file or takes
 * over from another may have lost the last pushes, and no list can tell which: so a seal
 * of another run is not trusted.
 */
final class TimelineScripts {

	private static final String RUN = """
			local function id(section, name)
				return assert(string.match(redis.call('INFO', section), name .. ':(%w+)'), 'no ' .. name)
			end
			local run = id('server', 'run_id') .. id('replication', 'master_replid')
			""";

	/**
	 * Reads a list, or claims its making. Keys: list. Arguments: token, life of the
	 * claim, life of a list, both in ms.
	 */
	static final String OPEN = RUN + """
			local list = redis.call('LRANGE', KEYS[1], 0, -1)
			local state, sealedIn = string.match(list[#list] or '', '^(%a+) (%w+) ')
			if sealedIn ~= run then
				redis.call('DEL', KEYS[1])
				list = { 'building ' .. run .. ' ' .. ARGV[1] }
				redis.call('RPUSH', KEYS[1], list[1])
				redis.call('PEXPIRE', KEYS[1], ARGV[2])
			elseif state == 'complete' and redis.call('PTTL', KEYS[1]) < ARGV[3] / 2 then
				redis.call('PEXPIRE', KEYS[1], ARGV[3])
			end
			return list
			""";

	/**
	 * Completes a list, if the claim still stands. Keys: list. Arguments: token, life of
	 * the list in ms, floor and authors for the seal, then the history, newest first.
	 * Answers 1 when completed.
	 */
	static final String COMPLETE = RUN + """
			if redis.call('LINDEX', KEYS[1], -1) ~= 'building ' .. run .. ' ' .. ARGV[1] then
				return 0
			end
			redis.call('RPOP', KEYS[1])
			for at = 4, #ARGV do
				redis.call('RPUSH', KEYS[1], ARGV[at])
			end
			redis.call('RPUSH', KEYS[1], 'complete ' .. run .. ' ' .. ARGV[3])
			redis.call('PEXPIRE', KEYS[1], ARGV[2])
			return 1
			""";

	private TimelineScripts() {
	}

}
