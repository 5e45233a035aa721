package dev.agora.platform.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.redisson.api.RScript.ReturnType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;

/**
 * Tries once, as soon as Redis is there, whether its user may run all commands that the
 * services need, and names those that are missing. Without one of them everything goes on
 * without Redis, which would otherwise look like a Redis that is slow.
 */
public final class RedisRights implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RedisRights.class);

	/**
	 * Runs each command that is run in scripts. Which commands a user may run is decided
	 * for each of them, so the answer is an error of its own. Keys: one of nobody.
	 * Answers the commands that were refused.
	 */
	private static final Script TRY = new Script(ReturnType.VALUE,
			"""
					local refused = {}
					local function try(...)
						local answer = redis.pcall(...)
						local text = type(answer) == 'table' and answer.err or ''
						if string.find(text, 'NOPERM') or string.find(text, 'ACL failure') or string.find(text, 'user executing') then
							refused[#refused + 1] = (select(1, ...))
						end
					end
					try('SET', KEYS[1], '1', 'PX', '1000')
					for _, command in ipairs({ 'GET', 'EXISTS', 'TYPE', 'PTTL', 'INCR', 'DECR', 'DEL', 'LLEN', 'RPOP' }) do
						try(command, KEYS[1])
					end
					try('GETRANGE', KEYS[1], 0, 1)
					try('INCRBY', KEYS[1], 1)
					try('DEL', KEYS[1])
					try('RPUSH', KEYS[1], '1')
					try('LPUSHX', KEYS[1], '1')
					try('LPOS', KEYS[1], '1')
					try('LINDEX', KEYS[1], 0)
					try('LRANGE', KEYS[1], 0, 1)
					try('PEXPIRE', KEYS[1], 1000)
					try('DEL', KEYS[1])
					try('TIME')
					try('INFO', 'server')
					return table.concat(refused, ', ')
					""");

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private final RedisGuard redis;

	private final RedisScripts scripts;

	private final String key;

	private final Disposable trying;

	/**
	 * Tries in the background.
	 * @param service the first part of the keys that are to be used
	 */
	public RedisRights(RedisGuard redis, String service) {
		this.redis = redis;
		this.scripts = new RedisScripts(redis.client());
		this.key = service.replace("-service", "") + ":rights:v1:{check}";
		this.trying = Flux.interval(INTERVAL)
			.onBackpressureDrop()
			.concatMap((tick) -> missing().onErrorComplete(RedisUnavailable.class), 1)
			.onErrorResume(RedisRejection.class, (refused) -> Mono.just("EVAL, EVALSHA or SCRIPT LOAD"))
			.next()
			.filter((missing) -> !missing.isEmpty())
			.subscribe((missing) -> log
				.error("The user of Redis may not run {}. What needs Redis is slow or off: give the rights"
						+ " listed in docs/operations.md.", missing));
	}

	/** The commands that the user may not run, an empty text if there are none. */
	Mono<String> missing() {
		Call call = new Call(List.of(this.key), List.of());
		return this.redis.call(() -> this.scripts.run(TRY, List.of(call)))
			.map((answers) -> new String((byte[]) answers.get(0), StandardCharsets.UTF_8));
	}

	@Override
	public void close() {
		this.trying.dispose();
	}

}
