package dev.agora.platform.cache.envelope;

import dev.agora.platform.redis.RedisScripts.Script;

/**
 * The scripts of the cache. Each decides in one step which of two entries stays, or which
 * caller may load.
 */
final class CacheScripts {

	/**
	 * Stores an entry unless Redis has a later one, and releases the lease in the same
	 * step. Version and kind occupy the same 20 characters of each entry, so one
	 * comparison of text decides which entry is later, exactly for every 64-bit number.
	 * An entry of another schema is replaced.
	 * <p>
	 * A loader that has lost its lease stores nothing. Otherwise a flush could remove the
	 * latest version and its fence between a slow loader's read and its store, and the
	 * loader would cache an outdated version that no event invalidates any more.
	 * <p>
	 * Keys: entry, lease. Arguments: entry, its TTL in ms, token of the lease or "".
	 * Returns 1 if it stored the entry.
	 */
	static final Script<Long> STORE = Script.ofNumber("""
			if ARGV[3] ~= '' then
				if redis.call('GET', KEYS[2]) ~= ARGV[3] then
					return 0
				end
				redis.call('DEL', KEYS[2])
			end
			local there = redis.call('GETRANGE', KEYS[1], 0, 21)
			local later = string.match(there, '^1 %d+[FNVX]$') and there > string.sub(ARGV[1], 1, 22)
			if not later then
				redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
			end
			return later and 0 or 1
			""");

	/**
	 * Acquires the lease for loading an entry, if the entry is still the one that the
	 * caller read. Otherwise it returns the new entry, so that nothing is loaded twice. A
	 * lease without an expiry was not written by these scripts and is replaced.
	 * <p>
	 * Keys: entry, lease. Arguments: header of the entry that was read or "", token, TTL
	 * of the lease in ms. Returns the new entry, "L" for leased or "B" for busy.
	 */
	static final Script<byte[]> ACQUIRE = Script.ofBytes("""
			local header = redis.call('GETRANGE', KEYS[1], 0, 50)
			if header ~= '' and header ~= ARGV[1] then
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
	 * Releases a lease if the caller still holds it. Keys: lease. Arguments: token.
	 */
	static final Script<Long> RELEASE = Script.ofNumber("""
			return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0
			""");

	/**
	 * Deletes an entry if it is still the one that the caller read. Keys: entry.
	 * Arguments: header of the entry that was read.
	 */
	static final Script<Long> DISCARD = Script.ofNumber("""
			return redis.call('GETRANGE', KEYS[1], 0, 50) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0
			""");

	private CacheScripts() {
	}

}
