package dev.agora.platform.redis;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;

/**
 * Checks once, as soon as Redis is connected, whether its user may run all commands that
 * the services use, and logs those that are missing. If a permission is missing, a
 * service continues without Redis; without this check, an operator could mistake that for
 * a slow Redis.
 */
public final class RedisRights implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RedisRights.class);

	/**
	 * Runs each command that the scripts of the services use. Redis checks the permission
	 * for each command, so each has an error of its own. Keys: a key that no other code
	 * uses. Returns the commands that Redis refused.
	 */
	private static final Script<String> TRY_COMMANDS = Script
		.ofText("""
				local refused = {}
				local function try(...)
					local answer = redis.pcall(...)
					local text = type(answer) == 'table' and answer.err or ''
					if string.find(text, 'NOPERM') or string.find(text, 'ACL failure') or string.find(text, 'user executing') then
						refused[#refused + 1] = (select(1, ...))
					end
				end
				try('SET', KEYS[1], '1', 'PX', '1000')
				for _, command in ipairs({ 'GET', 'EXISTS', 'TYPE', 'PTTL', 'INCR', 'DECR', 'DEL' }) do
					try(command, KEYS[1])
				end
				try('GETRANGE', KEYS[1], 0, 1)
				try('INCRBY', KEYS[1], 1)
				try('SETRANGE', KEYS[1], 0, '')
				try('DEL', KEYS[1])
				try('RPUSH', KEYS[1], '1')
				try('LPUSHX', KEYS[1], '1')
				try('LPOS', KEYS[1], '1')
				try('LINSERT', KEYS[1], 'BEFORE', '1', '2')
				try('LINDEX', KEYS[1], 0)
				try('LRANGE', KEYS[1], 0, 1)
				try('LSET', KEYS[1], 0, '1')
				try('LTRIM', KEYS[1], 0, 0)
				try('PEXPIRE', KEYS[1], 1000)
				try('DEL', KEYS[1])
				try('HSET', KEYS[1], '', '1')
				try('HINCRBY', KEYS[1], '', 1)
				try('HEXISTS', KEYS[1], '')
				try('HGET', KEYS[1], '')
				try('HGETALL', KEYS[1])
				try('HLEN', KEYS[1])
				try('RENAME', KEYS[1], KEYS[1])
				try('DEL', KEYS[1])
				try('SADD', KEYS[1], '1')
				try('SREM', KEYS[1], '1')
				try('SCARD', KEYS[1])
				try('SISMEMBER', KEYS[1], '1')
				try('SMISMEMBER', KEYS[1], '1')
				try('SMEMBERS', KEYS[1])
				try('SINTER', KEYS[1])
				try('DEL', KEYS[1])
				try('XADD', KEYS[1], '*', 'text', '1')
				try('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
				try('XREAD', 'STREAMS', KEYS[1], '0-0')
				try('DEL', KEYS[1])
				try('TIME')
				try('INFO', 'replication')
				return table.concat(refused, ', ')
				""");

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private final RedisGuard redis;

	private final RedisScripts scripts;

	private final String key;

	private final Disposable check;

	/**
	 * Starts the check in the background.
	 * @param service the service, whose name is the first part of its keys
	 */
	public RedisRights(RedisGuard redis, String service) {
		this.redis = redis;
		this.scripts = new RedisScripts(redis.client());
		this.key = service.replace("-service", "") + ":rights:v1:{check}";
		this.check = Flux.interval(INTERVAL)
			.onBackpressureDrop()
			.concatMap((tick) -> missing().onErrorComplete(RedisRights::isOutage), 1)
			.onErrorResume(RedisFailure.class, (refused) -> Mono.just("EVAL, EVALSHA or SCRIPT LOAD"))
			.next()
			.filter((missing) -> !missing.isEmpty())
			.subscribe((missing) -> log
				.error("The user of Redis may not run {}. Features that need Redis are slow or off until it"
						+ " has the permissions that docs/kubernetes.md lists.", missing));
	}

	/** The commands that the user may not run; an empty text if there are none. */
	Mono<String> missing() {
		return this.redis.call(() -> this.scripts.run(TRY_COMMANDS, Call.of(this.key)));
	}

	private static boolean isOutage(Throwable failure) {
		return failure instanceof RedisUnavailable && !(failure instanceof RedisUnavailable.PermissionMissing);
	}

	@Override
	public void close() {
		this.check.dispose();
	}

}
