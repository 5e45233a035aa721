package dev.agora.platform.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;

import org.redisson.api.BatchResult;
import org.redisson.api.RBatch;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RScriptAsync;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import reactor.core.publisher.Mono;

/** Runs scripts in Redis by their names; where Redis has lost one, it is loaded again. */
public final class RedisScripts {

	private final RedissonClient redis;

	public RedisScripts(RedissonClient redis) {
		this.redis = redis;
	}

	/**
	 * Runs one script for each call, in one round trip; the answers are in their order.
	 * Where Redis has lost the script all are run again, also those that were run.
	 */
	public Mono<List<Object>> run(Script script, List<Call> calls) {
		Mono<List<Object>> run = Mono.defer(() -> Mono.fromCompletionStage(send(script, calls)));
		return run.onErrorResume(RedisScripts::isUnknownScript, (unknown) -> load(script).then(run));
	}

	private CompletionStage<List<Object>> send(Script script, List<Call> calls) {
		if (calls.size() == 1) {
			return send(this.redis.getScript(ByteArrayCodec.INSTANCE), script, calls.get(0)).thenApply(List::of);
		}
		RBatch batch = this.redis.createBatch();
		RScriptAsync scripts = batch.getScript(ByteArrayCodec.INSTANCE);
		calls.forEach((call) -> send(scripts, script, call));
		return batch.executeAsync().thenApply(RedisScripts::answers);
	}

	private static CompletionStage<Object> send(RScriptAsync scripts, Script script, Call call) {
		return scripts.evalShaAsync(Mode.READ_WRITE, script.sha(), script.returns(), call.keys(),
				call.arguments().toArray());
	}

	@SuppressWarnings("unchecked")
	private static List<Object> answers(BatchResult<?> result) {
		return (List<Object>) result.getResponses();
	}

	private Mono<String> load(Script script) {
		return Mono.fromCompletionStage(() -> this.redis.getScript().scriptLoadAsync(script.text()));
	}

	private static boolean isUnknownScript(Throwable failure) {
		String message = failure.getMessage();
		return message != null && message.contains("NOSCRIPT");
	}

	/** A text as an argument. */
	public static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** A number as an argument: its decimal digits. */
	public static byte[] bytes(long number) {
		return bytes(Long.toString(number));
	}

	/**
	 * The text of a script and the name under which Redis keeps it.
	 */
	public record Script(ReturnType returns, String text, String sha) {

		public Script(ReturnType returns, String text) {
			this(returns, text, sha1(text));
		}

		private static String sha1(String text) {
			try {
				byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
				return HexFormat.of().formatHex(digest);
			}
			catch (NoSuchAlgorithmException impossible) {
				throw new IllegalStateException(impossible);
			}
		}

	}

	/**
	 * One run of a script: keys of one slot, arguments as bytes.
	 */
	public record Call(List<Object> keys, List<byte[]> arguments) {

		/** A run with one key, and arguments that Redis receives as text. */
		public static Call of(String key, Object... arguments) {
			return new Call(List.of(key),
					Arrays.stream(arguments)
						.map((argument) -> argument.toString().getBytes(StandardCharsets.UTF_8))
						.toList());
		}

	}

}
