package dev.agora.platform.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.redisson.api.RTopic;
import org.redisson.client.codec.StringCodec;
import reactor.core.publisher.Mono;

import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;

/**
 * Publishes messages to every process that subscribes to a channel of Redis. Redis drops
 * a message that it cannot deliver at once. Therefore each message carries a sequence
 * number, by which a {@link Subscription} detects a gap.
 */
public final class Broadcast {

	/** Separates the number of a message from its text. */
	static final String MESSAGE = " ! ";

	/** Separates the number of the latest message from the text of a heartbeat. */
	static final String HEARTBEAT = " = ";

	private static final Duration COUNTER_TTL = Duration.ofDays(1);

	/**
	 * Publishes with the next number, or a heartbeat with the current one. If the counter
	 * is missing or is no number, it continues at the current time, which is far above
	 * its last value: every subscriber must see this as a gap. The number is read back as
	 * text because Lua would round it.
	 * <p>
	 * Keys: the counter. Arguments: the channel, the first number, the TTL of the counter
	 * in ms, the text, 1 to count or 0.
	 */
	private static final Script<Long> PUBLISH = Script.ofNumber("""
			local count = redis.call('GET', KEYS[1])
			if not count or #count > 18 or not string.match(count, '^%d+$') then
				redis.call('SET', KEYS[1], ARGV[2])
			end
			if ARGV[5] == '1' then
				redis.call('INCR', KEYS[1])
			end
			redis.call('PEXPIRE', KEYS[1], ARGV[3])
			return redis.call('PUBLISH', ARGV[1], redis.call('GET', KEYS[1]) .. ARGV[4])
			""");

	private final RedisGuard redis;

	private final RedisScripts scripts;

	private final String channel;

	private final Clock clock;

	/**
	 * Creates the sender of a channel.
	 * @param channel {@code <service>:<topic>:v<form>}
	 */
	public Broadcast(RedisGuard redis, String channel, Clock clock) {
		this.redis = redis;
		this.scripts = new RedisScripts(redis.client());
		this.channel = channel;
		this.clock = clock;
	}

	/**
	 * Publishes a message.
	 * @return fails with {@link RedisFailure} alone; then perhaps no subscriber has
	 * received the message
	 */
	public Mono<Void> publish(String text) {
		return send(MESSAGE + text, 1);
	}

	/** Publishes the number of the latest message together with a text. */
	Mono<Void> heartbeat(String text) {
		return send(HEARTBEAT + text, 0);
	}

	/** Redisson subscribes again on its own after it has lost its connection. */
	CompletionStage<Integer> subscribe(Consumer<String> listener) {
		return topic().addListenerAsync(String.class, (name, message) -> listener.accept(message));
	}

	CompletionStage<Void> unsubscribe(int listenerId) {
		return topic().removeListenerAsync(listenerId);
	}

	private Mono<Void> send(String message, int step) {
		String counter = this.channel + ":{count}";
		Call call = Call.of(counter, this.channel, this.clock.millis() * 1000, COUNTER_TTL, message, step);
		return this.redis.call(RedisKeys.strings(List.of(counter)), () -> this.scripts.run(PUBLISH, call)).then();
	}

	private RTopic topic() {
		return this.redis.client().getTopic(this.channel, StringCodec.INSTANCE);
	}

}
