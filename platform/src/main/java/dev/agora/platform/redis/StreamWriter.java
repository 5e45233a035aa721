package dev.agora.platform.redis;

import java.time.Duration;
import java.util.List;

import reactor.core.publisher.Mono;

import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;

/**
 * Appends texts to a Redis Stream, from which each {@link StreamReader} receives all of
 * them.
 */
public final class StreamWriter {

	static final String PREVIOUS = "previous";

	static final String TEXT = "text";

	/**
	 * A reader that is further behind has no recent confirmation, so older entries may be
	 * trimmed.
	 */
	private static final int MAX_LENGTH = 1_000;

	private static final Duration TTL = Duration.ofDays(1);

	/**
	 * Appends an entry that names its predecessor, so that a reader notices when entries
	 * were lost or trimmed. Keys: the stream. Arguments: the maximum length, the TTL in
	 * ms, the text. Returns the id of the entry.
	 */
	private static final Script<String> APPEND = Script.ofText("""
			local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
			local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*',
				'previous', last and last[1] or '0-0', 'text', ARGV[3])
			redis.call('PEXPIRE', KEYS[1], ARGV[2])
			return id
			""");

	private final RedisGuard redis;

	private final RedisScripts scripts;

	private final String key;

	/**
	 * Creates a writer.
	 * @param key the key of the stream
	 */
	public StreamWriter(RedisGuard redis, String key) {
		this.redis = redis;
		this.scripts = new RedisScripts(redis.client());
		this.key = key;
	}

	/**
	 * Appends a text.
	 * @return fails only with a {@link RedisFailure}, after which the text may or may not
	 * be in the stream
	 */
	public Mono<Void> append(String text) {
		Call call = Call.of(this.key, MAX_LENGTH, TTL, text);
		return this.redis.call(RedisKeys.streams(List.of(this.key)), () -> this.scripts.run(APPEND, call)).then();
	}

}
