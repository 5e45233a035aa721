package dev.agora.graph.set;

import dev.agora.platform.redis.RedisScripts.Script;

/**
 * The atomic steps on a set and its state, as scripts.
 * <p>
 * A whole set contains the marker {@code 0}, which is no id. Only {@link #STORE} adds it,
 * to a set that has all its ids; every other write requires it. So a set with the marker
 * is whole, and the intersection of two sets has the marker only if both are whole: plain
 * commands of Redis can read.
 * <p>
 * The state beside a set is {@code W <version>} for a whole set, {@code B <token>
 * <floor>} while the holder of the token loads the set, and {@code L} for a set that is
 * too large to be cached. A change of the member that happens during a load raises the
 * floor, so that the loader cannot store what it read before the change. The lease, the
 * floor and the version are one key on purpose: losing a part of them would let an older
 * load replace a newer set, whereas losing them all only causes another load.
 */
final class SetScripts {

	private static final String READ_STATE = """
			local function readState(key)
				local state = redis.pcall('GET', key)
				if type(state) == 'table' then
					redis.call('DEL', key)
					return false
				end
				return state
			end
			local function isWhole(key)
				return redis.pcall('SISMEMBER', key, '0') == 1
			end
			""";

	/**
	 * Acquires the lease for loading a set that is not whole. Keys: state, set, new set.
	 * Arguments: token, TTL of the lease in ms. Returns "W" if the set is whole, "L" if
	 * it is too large, "B" if another caller loads it, or "G" if the lease is granted.
	 */
	static final Script<String> ACQUIRE = Script.ofText(READ_STATE + """
			local state = readState(KEYS[1])
			local kind = state and string.match(state, '^([WL]) ?%d*$') or
				state and string.match(state, '^(B) %S+ %d+$')
			if kind == 'L' or (kind == 'B' and redis.call('PTTL', KEYS[1]) >= 0)
				or (kind == 'W' and isWhole(KEYS[2])) then
				return kind
			end
			redis.call('DEL', KEYS[2], KEYS[3])
			redis.call('SET', KEYS[1], 'B ' .. ARGV[1] .. ' 0', 'PX', ARGV[2])
			return 'G'
			""");

	/**
	 * Adds a part of the ids of a set that the caller loads. Keys: state, set, new set.
	 * Arguments: token, TTL in ms, the ids. Returns 1 if the caller still holds the
	 * lease.
	 */
	static final Script<Long> FILL = Script.ofNumber(READ_STATE + """
			if string.match(readState(KEYS[1]) or '', '^B (%S+) %d+$') ~= ARGV[1] then
				return 0
			end
			redis.call('SADD', KEYS[3], unpack(ARGV, 3))
			redis.call('PEXPIRE', KEYS[3], ARGV[2])
			return 1
			""");

	/**
	 * Makes a loaded set readable, if the caller still holds the lease, no later change
	 * has happened, and none of its ids was lost. Keys: state, set, new set. Arguments:
	 * token, version of the ids, number of the ids, TTL in ms. Returns 1 if the set is
	 * stored.
	 */
	static final Script<Long> STORE = Script.ofNumber(READ_STATE + """
			local token, floor = string.match(readState(KEYS[1]) or '', '^B (%S+) (%d+)$')
			if token ~= ARGV[1] then
				return 0
			end
			if tonumber(floor) > tonumber(ARGV[2]) or redis.call('SCARD', KEYS[3]) ~= tonumber(ARGV[3]) then
				redis.call('DEL', KEYS[1], KEYS[3])
				return 0
			end
			redis.call('SADD', KEYS[3], '0')
			redis.call('RENAME', KEYS[3], KEYS[2])
			redis.call('PEXPIRE', KEYS[2], ARGV[4])
			redis.call('SET', KEYS[1], 'W ' .. ARGV[2], 'PX', ARGV[4])
			return 1
			""");

	/**
	 * Ends a load without a set. Keys: state, set, new set. Arguments: token, "L" if the
	 * set is too large or "", TTL of that knowledge in ms.
	 */
	static final Script<Long> RELEASE = Script.ofNumber(READ_STATE + """
			if string.match(readState(KEYS[1]) or '', '^B (%S+) %d+$') ~= ARGV[1] then
				return 0
			end
			redis.call('DEL', KEYS[1], KEYS[3])
			if ARGV[2] ~= '' then
				redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
			end
			return 1
			""");

	/**
	 * Applies a change of a member to the member's sets. A set whose version is not the
	 * one before the change is deleted, since it lacks another change; a set that has the
	 * change already stays as it is. Keys: state and set of each kind. Arguments: the
	 * version before the change, the version after it, the maximum number of ids, the
	 * lifetime of the knowledge that a set is too large in ms, then for each move: the
	 * key of the set, the command, the id.
	 */
	static final Script<Long> APPLY = Script.ofNumber(READ_STATE + """
			local before, after = tonumber(ARGV[1]), tonumber(ARGV[2])
			local function move(key)
				for at = 5, #ARGV, 3 do
					if ARGV[at] == key then
						redis.call(ARGV[at + 1], key, ARGV[at + 2])
					end
				end
			end
			for kind = 1, #KEYS / 2 do
				local stateKey, key = KEYS[2 * kind - 1], KEYS[2 * kind]
				local state = readState(stateKey) or ''
				local version = tonumber(string.match(state, '^W (%d+)$') or '')
				local token, floor = string.match(state, '^B (%S+) (%d+)$')
				if token then
					if after > tonumber(floor) then
						redis.call('SET', stateKey, 'B ' .. token .. ' ' .. ARGV[2], 'KEEPTTL')
					end
				elseif version and version >= after then
					-- The set has the change.
				elseif version == before and isWhole(key) then
					move(key)
					if redis.call('SCARD', key) - 1 > tonumber(ARGV[3]) then
						redis.call('DEL', key)
						redis.call('SET', stateKey, 'L', 'PX', ARGV[4])
					else
						redis.call('SET', stateKey, 'W ' .. ARGV[2], 'KEEPTTL')
					end
				elseif state ~= 'L' then
					redis.call('DEL', stateKey, key)
				end
			end
			return 1
			""");

	/**
	 * Tells whether Redis has anything about the sets of a member. Keys: state and set of
	 * each kind. Returns the number of keys that exist.
	 */
	static final Script<Long> COUNT_KEYS = Script.ofNumber("return redis.call('EXISTS', unpack(KEYS))");

	private SetScripts() {
	}

}
