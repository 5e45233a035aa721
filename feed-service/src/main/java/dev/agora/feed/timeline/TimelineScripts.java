package dev.agora.feed.timeline;

import java.util.List;

import dev.agora.platform.redis.RedisScripts.Script;

/**
 * The atomic steps on the list of a timeline, as scripts.
 * <p>
 * The last element of a list is its seal: {@code building <run> <token>} during the
 * build, then {@code complete <run> <watermark> <authors> <pulled>}. The last field has
 * those authors whose activities are not pushed, or {@code -}. The run identifies the
 * Redis process since it became a master. A process that was restored from a file, or
 * that took over from another, may have lost the last pushes, and no list shows which. So
 * a seal of another run is not trusted.
 */
final class TimelineScripts {

	private static final String RUN = """
			local function id(section, name)
				return assert(string.match(redis.call('INFO', section), name .. ':(%w+)'), 'no ' .. name)
			end
			local run = id('server', 'run_id') .. id('replication', 'master_replid')
			""";

	/**
	 * Reads a list, or claims its build. Keys: the list. Arguments: the token, the TTL of
	 * the claim and the TTL of the list, both in ms.
	 */
	static final Script<List<String>> OPEN_OR_CLAIM = Script.ofTexts(RUN + """
			local list = redis.call('LRANGE', KEYS[1], 0, -1)
			local seal = list[#list] or ''
			local complete = string.match(seal, '^complete (%w+) %w+ %S+ %S+$')
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
	 * Reads a complete list and changes nothing. Keys: the list. Returns nothing if the
	 * list is missing, being built or not of this run.
	 */
	static final Script<List<String>> PEEK = Script.ofTexts(RUN + """
			local seal = redis.call('LINDEX', KEYS[1], -1) or ''
			if string.match(seal, '^complete (%w+) %w+ %S+ %S+$') ~= run then
				return {}
			end
			return redis.call('LRANGE', KEYS[1], 0, -1)
			""");

	/**
	 * Completes a list if its claim is still there. Keys: the list. Arguments: the token,
	 * the TTL of the list in ms, the watermark, authors and pulled authors for the seal,
	 * then the history, newest first. Returns 1 if the list was completed.
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
	 * Pushes an id to an existing list, unless it is among the newest elements already:
	 * fan-outs are repeated, and a list that grew by repeats would be evicted for its
	 * length. Keys: the list. Arguments: the id, the number of elements to search.
	 * Returns the length of the list, 0 if it does not exist.
	 */
	static final Script<Long> PUSH = Script.ofNumber("""
			if redis.call('LPOS', KEYS[1], ARGV[1], 'MAXLEN', ARGV[2]) then
				return redis.call('LLEN', KEYS[1])
			end
			return redis.call('LPUSHX', KEYS[1], ARGV[1])
			""");

	/**
	 * Marks an author of a timeline as pulled. A claim is deleted instead, since its
	 * builder may have read the author as pushed. Keys: the list. Arguments: the author.
	 */
	static final Script<Long> MARK_PULLED = Script.ofNumber("""
			local seal = redis.call('LINDEX', KEYS[1], -1) or ''
			local head, pulled = string.match(seal, '^(complete %w+ %w+ %S+) (%S+)$')
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
