package dev.agora.feed.timeline;

import java.util.List;

import dev.agora.platform.redis.RedisScripts.Script;

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
	static final Script<List<String>> OPEN = Script.ofTexts(RUN + """
			local list = redis.call('LRANGE', KEYS[1], 0, -1)
			local seal = list[#list] or ''
			local complete = string.match(seal, '^complete (%w+) %w+ %S+$')
			local sealedIn = complete or string.match(seal, '^building (%w+) %S+$')
			if sealedIn ~= run then
				redis.call('DEL', KEYS[1])
				list = { 'building ' .. run .. ' ' .. ARGV[1] }
				redis.call('RPUSH', KEYS[1], list[1])
				redis.call('PEXPIRE', KEYS[1], ARGV[2])
			elseif complete and redis.call('PTTL', KEYS[1]) < ARGV[3] / 2 then
				redis.call('PEXPIRE', KEYS[1], ARGV[3])
			end
			return list
			""");

	/**
	 * Completes a list, if the claim still stands. Keys: list. Arguments: token, life of
	 * the list in ms, floor and authors for the seal, then the history, newest first.
	 * Answers 1 when completed.
	 */
	static final Script<Long> COMPLETE = Script.ofNumber(RUN + """
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
			""");

	/**
	 * Pushes an id to a list that exists, unless it is among the newest already: fan-outs
	 * are repeated, and a list that grew by the repeats would be evicted for its length.
	 * Keys: list. Arguments: id, how many of the newest to look through. Answers the
	 * list's length, 0 if there is no list.
	 */
	static final Script<Long> PUSH = Script.ofNumber("""
			if redis.call('LPOS', KEYS[1], ARGV[1], 'MAXLEN', ARGV[2]) then
				return redis.call('LLEN', KEYS[1])
			end
			return redis.call('LPUSHX', KEYS[1], ARGV[1])
			""");

	private TimelineScripts() {
	}

}
