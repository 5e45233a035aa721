package dev.agora.platform.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What Redis decides itself, in one step: which of two entries stays and who may load.
 */
final class CacheScripts {

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
	 * else the caller gets the new one, so that nobody loads what has just been loaded.
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
			if not holder then
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

	private final RedissonClient redis;

	CacheScripts(RedissonClient redis) {
		this.redis = redis;
	}

	/**
	 * Runs one script for each call, in one round trip; the answers are in their order.
	 */
	Mono<List<Object>> run(Script script, List<Call> calls) {
		Mono<List<Object>> run = Mono.defer(() -> Mono.fromCompletionStage(send(script, calls)));
		return run.onErrorResume(CacheScripts::isUnknownScript, (unknown) -> teach(script).then(run));
	}

	private CompletionStage<List<Object>> send(Script script, List<Call> calls) {
		if (calls.size() == 1) {
			return send(this.redis.getScript(ByteArrayCodec.INSTANCE), script, calls.get(0)).thenApply(List::of);
		}
		RBatch batch = this.redis.createBatch();
		RScriptAsync scripts = batch.getScript(ByteArrayCodec.INSTANCE);
		calls.forEach((call) -> send(scripts, script, call));
		return batch.executeAsync().thenApply(CacheScripts::answers);
	}

	private static CompletionStage<Object> send(RScriptAsync scripts, Script script, Call call) {
		return scripts.evalShaAsync(Mode.READ_WRITE, script.sha(), script.returns(), call.keys(),
				call.arguments().toArray());
	}

	@SuppressWarnings("unchecked")
	private static List<Object> answers(BatchResult<?> result) {
		return (List<Object>) result.getResponses();
	}

	/** All scripts at once: Redis lost them together. */
	private Mono<Void> teach(Script script) {
		return Flux.just(STORE, CLAIM, RELEASE, script)
			.distinct()
			.flatMap((each) -> Mono.fromCompletionStage(() -> this.redis.getScript().scriptLoadAsync(each.text())))
			.then();
	}

	private static boolean isUnknownScript(Throwable failure) {
		String message = failure.getMessage();
		return message != null && message.contains("NOSCRIPT");
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static byte[] bytes(long number) {
		return bytes(Long.toString(number));
	}

	/**
	 * The text of a script and the name under which Redis keeps it.
	 */
	record Script(ReturnType returns, String text, String sha) {

		Script(ReturnType returns, String text) {
			this(returns, text, sha1(text));
		}

		private static String sha1(String text) {
			try {
				return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes(text)));
			}
			catch (NoSuchAlgorithmException impossible) {
				throw new IllegalStateException(impossible);
			}
		}

	}

	/**
	 * One run of a script: keys of one slot, arguments as bytes.
	 */
	record Call(List<Object> keys, List<byte[]> arguments) {
	}

}
