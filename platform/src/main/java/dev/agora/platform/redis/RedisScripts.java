package dev.agora.platform.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import org.redisson.api.BatchResult;
import org.redisson.api.RBatch;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RScriptAsync;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import dev.agora.platform.tracing.ActiveSpan;

/**
 * Runs Lua scripts. Redis caches them, so only their digests are sent; a script that
 * Redis has lost is loaded again.
 */
public final class RedisScripts {

	/** Redis may lose a script again between its load and its run. */
	private static final Retry AFTER_LOSS = Retry.max(5)
		.filter(RedisScripts::isUnknownScript)
		.onRetryExhaustedThrow((spec, last) -> last.failure());

	private final RedissonClient redis;

	private final Map<String, String> digests = new ConcurrentHashMap<>();

	public RedisScripts(RedissonClient redis) {
		this.redis = redis;
	}

	/** Runs a script once. Redisson sends the digest, and the text where needed. */
	public <R> Mono<R> run(Script<R> script, Call call) {
		return ActiveSpan.around((parent) -> span(parent, List.of(call)), evaluate(script, call));
	}

	private <R> Mono<R> evaluate(Script<R> script, Call call) {
		return Mono
			.fromCompletionStage(() -> this.redis.getScript(ByteArrayCodec.INSTANCE)
				.<Object>evalAsync(Mode.READ_WRITE, script.text(), script.returns(), call.keys(), call.encoded()))
			.retryWhen(AFTER_LOSS)
			.map(script.decoder());
	}

	/** The span shows the kind of the keys and the number of the calls, not the ids. */
	private static SpanBuilder span(ActiveSpan parent, List<Call> calls) {
		String kind = calls.get(0).kind();
		SpanBuilder span = parent.child(("EVALSHA " + kind).strip(), SpanKind.CLIENT)
			.setAttribute("db.system.name", "redis")
			.setAttribute("db.operation.name", "EVALSHA")
			.setAttribute("agora.redis.keys", kind);
		return (calls.size() > 1) ? span.setAttribute("db.operation.batch.size", calls.size()) : span;
	}

	/**
	 * Runs a script for each call, in one round trip. If Redis has lost the script, all
	 * calls are run again, also those that succeeded. Redisson's own batches do not load
	 * a lost script again.
	 * @return the results in the order of the calls
	 */
	public <R> Mono<List<R>> runAll(Script<R> script, List<Call> calls) {
		if (calls.size() == 1) {
			return run(script, calls.get(0)).map(List::of);
		}
		Mono<List<R>> attempt = digest(script).flatMap((digest) -> send(script, digest, calls))
			.doOnError(RedisScripts::isUnknownScript, (unknown) -> this.digests.remove(script.text()))
			.retryWhen(AFTER_LOSS);
		return ActiveSpan.around((parent) -> span(parent, calls), attempt);
	}

	private Mono<String> digest(Script<?> script) {
		return Mono.fromSupplier(() -> this.digests.get(script.text()))
			.switchIfEmpty(Mono.fromCompletionStage(() -> this.redis.getScript().scriptLoadAsync(script.text()))
				.doOnNext((digest) -> this.digests.put(script.text(), digest)));
	}

	private <R> Mono<List<R>> send(Script<R> script, String digest, List<Call> calls) {
		RBatch batch = this.redis.createBatch();
		RScriptAsync scripts = batch.getScript(ByteArrayCodec.INSTANCE);
		calls.forEach((call) -> send(scripts, script, digest, call));
		return Mono.fromCompletionStage(batch::executeAsync).map((result) -> decode(script, result));
	}

	private static CompletionStage<Object> send(RScriptAsync scripts, Script<?> script, String digest, Call call) {
		return scripts.evalShaAsync(Mode.READ_WRITE, digest, script.returns(), call.keys(), call.encoded());
	}

	private static <R> List<R> decode(Script<R> script, BatchResult<?> result) {
		return result.getResponses().stream().map((response) -> script.decoder().apply(response)).toList();
	}

	private static boolean isUnknownScript(Throwable failure) {
		String message = failure.getMessage();
		return message != null && message.contains("NOSCRIPT");
	}

	/**
	 * A Lua script and the type of its result.
	 *
	 * @param text the Lua code
	 * @param returns the type of the result in Redis
	 * @param decoder converts the result
	 * @param <R> the type of the result
	 */
	public record Script<R>(String text, ReturnType returns, Function<Object, R> decoder) {

		/** A script that returns a whole number. */
		public static Script<Long> ofNumber(String text) {
			return new Script<>(text, ReturnType.LONG, Long.class::cast);
		}

		/** A script that returns a list of whole numbers. */
		public static Script<List<Long>> ofNumbers(String text) {
			return new Script<>(text, ReturnType.LIST,
					(list) -> ((List<?>) list).stream().map(Long.class::cast).toList());
		}

		/** A script that returns bytes. */
		public static Script<byte[]> ofBytes(String text) {
			return new Script<>(text, ReturnType.VALUE, byte[].class::cast);
		}

		/** A script that returns a text. */
		public static Script<String> ofText(String text) {
			return new Script<>(text, ReturnType.VALUE, Script::toText);
		}

		/** A script that returns a list of texts. */
		public static Script<List<String>> ofTexts(String text) {
			return new Script<>(text, ReturnType.LIST,
					(list) -> ((List<?>) list).stream().map(Script::toText).toList());
		}

		private static String toText(Object bytes) {
			return new String((byte[]) bytes, StandardCharsets.UTF_8);
		}

	}

	/**
	 * One run of a script.
	 *
	 * @param keys the keys, all in one hash slot
	 * @param arguments bytes as they are, durations in milliseconds, all other values as
	 * text
	 */
	public record Call(List<Object> keys, List<Object> arguments) {

		/** A run with one key. */
		public static Call of(String key, Object... arguments) {
			return of(List.of(key), arguments);
		}

		/** A run with several keys. */
		public static Call of(List<String> keys, Object... arguments) {
			return new Call(List.copyOf(keys), List.of(arguments));
		}

		/** The part of the first key before its id, which is in braces. */
		private String kind() {
			String key = this.keys.isEmpty() ? "" : String.valueOf(this.keys.get(0));
			int id = key.indexOf('{');
			return (id > 0) ? key.substring(0, (key.charAt(id - 1) == ':') ? id - 1 : id) : "";
		}

		private Object[] encoded() {
			return this.arguments.stream().map(Call::encode).toArray();
		}

		private static byte[] encode(Object argument) {
			if (argument instanceof byte[] bytes) {
				return bytes;
			}
			Object text = (argument instanceof Duration duration) ? duration.toMillis() : argument;
			return text.toString().getBytes(StandardCharsets.UTF_8);
		}

	}

}
