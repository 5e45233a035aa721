package dev.agora.platform.cache.envelope;

import org.redisson.api.RScript.ReturnType;

import dev.agora.platform.redis.RedisScripts.Script;

/**
 * What Redis decides itself, in one step: which of two entries stays and who may load.
 */
public final class CacheScripts {

	/**
	 * Stores an entry unless a later one is there, and gives the lease back in the same
	 * step. Version and kind stand as 20 characters at the same place of each entry, so
	 * that one comparison of text settles which is later, exactly for the whole of a
	 * 64-bit number. An entry of another schema is replaced.
	 * <p>
	 * Keys: entry, lease. Arguments: entry, its life in ms, token of the lease or "".
	 * Answers 1 when stored.
	 */
	static final Script STORE = new Script(ReturnType.LONG, """
			local there = redis.call('GETRANGE', KEYS[1], 0, 21)
			local later = string.match(there, '^1 %d+[FNVX]$') and there > string.sub(ARGV[1], 1, 22)
			if not later then
				redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
			end
			if ARGV[3] ~= '' and redis.call('GET', KEYS[2]) == ARGV[3] then
				redis.call('DEL', KEYS[2])
			end
			return later and 0 or 1
			""");

	/**
	 * Takes the lease for loading an entry, if the entry is still as the caller saw it;
	 * else the caller gets the new one, so that nobody loads what has just been loaded. A
	 * lease that would never end is none of a loader.
	 * <p>
	 * Keys: entry, lease. Arguments: head seen or "", token, life of the lease in ms.
	 * Answers the new entry, "L" for leased or "B" for busy.
	 */
	static final Script CLAIM = new Script(ReturnType.VALUE, """
			local head = redis.call('GETRANGE', KEYS[1], 0, 50)
			if head ~= '' and head ~= ARGV[1] then
				return redis.call('GET', KEYS[1])
			end
			local holder = redis.call('GET', KEYS[2])
			if not holder or redis.call('PTTL', KEYS[2]) < 0 then
				redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
				return 'L'
			end
			return holder == ARGV[2] and 'L' or 'B'
			""");

	/**
	 * Gives a lease back, if it is still the caller's. Keys: lease. Arguments: token.
	 */
	static final Script RELEASE = new Script(ReturnType.LONG, """
			return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0
			""");

	/**
	 * Deletes an entry, if it is still as the caller saw it. Keys: entry. Arguments: head
	 * seen.
	 */
	static final Script DISCARD = new Script(ReturnType.LONG, """
			return redis.call('GETRANGE', KEYS[1], 0, 50) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0
			""");

	private CacheScripts() {
	}

}
