package dev.agora.product.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import reactor.core.publisher.Mono;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.RedisKeys;
import dev.agora.platform.redis.RedisScripts;
import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;

/**
 * The views of all instances that are not yet in MongoDB, as hashes in Redis under
 * {@code product:views:v1:{<shard>}}. A batch is a hash that was renamed: it no longer
 * changes, and stays until it is in MongoDB.
 */
public final class ViewBuffer {

	/** The number of hashes, so that the masters of a cluster share the work. */
	static final int SHARDS = 16;

	/** The field of a batch with its id. No product has an empty id. */
	private static final String ID = "";

	/**
	 * Adds views. Keys: the hash. Arguments: the largest number of products, the
	 * lifetime, then products and views in turn.
	 */
	private static final Script<Long> ADD = Script.ofNumber("""
			for i = 3, #ARGV, 2 do
				if redis.call('HEXISTS', KEYS[1], ARGV[i]) == 1 or redis.call('HLEN', KEYS[1]) < tonumber(ARGV[1]) then
					redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1])
				end
			end
			return redis.call('PEXPIRE', KEYS[1], ARGV[2])
			""");

	/**
	 * Returns the current batch, or makes the views a new one. Keys: the hash, its batch.
	 * Arguments: the id of a new batch, the lifetime. Returns fields and values in turn.
	 */
	private static final Script<List<String>> TAKE = Script.ofTexts("""
			if redis.call('EXISTS', KEYS[2]) == 0 then
				if redis.call('EXISTS', KEYS[1]) == 0 then
					return {}
				end
				redis.call('RENAME', KEYS[1], KEYS[2])
				redis.call('HSET', KEYS[2], '', ARGV[1])
			end
			redis.call('PEXPIRE', KEYS[2], ARGV[2])
			return redis.call('HGETALL', KEYS[2])
			""");

	/** Deletes a batch. Keys: the batch. Arguments: its id. */
	private static final Script<Long> DELETE = Script.ofNumber("""
			return redis.call('HGET', KEYS[1], '') == ARGV[1] and redis.call('DEL', KEYS[1]) or 0
			""");

	private final RedisGuard redis;

	private final RedisScripts scripts;

	private final IdGenerator ids;

	private final ViewSettings settings;

	public ViewBuffer(RedisGuard redis, IdGenerator ids, ViewSettings settings) {
		this.redis = redis;
		this.ids = ids;
		this.scripts = new RedisScripts(redis.client());
		this.settings = settings;
	}

	/** Adds views, by the id of the product. */
	Mono<Void> add(Map<String, Long> views) {
		if (views.isEmpty()) {
			return Mono.empty();
		}
		Map<Integer, List<Object>> arguments = new HashMap<>();
		views.forEach((product, count) -> arguments
			.computeIfAbsent(Math.floorMod(product.hashCode(), SHARDS), (shard) -> limits())
			.addAll(List.of(product, count)));
		List<Call> calls = new ArrayList<>();
		arguments.forEach((shard, parts) -> calls.add(new Call(List.of(key(shard)), parts)));
		return this.redis
			.call(RedisKeys.hashes(arguments.keySet().stream().map(ViewBuffer::key).toList()),
					() -> this.scripts.runAll(ADD, calls))
			.then();
	}

	/**
	 * Takes the current batch of a shard, or makes its views a new one; empty if there
	 * are no views.
	 */
	Mono<Batch> take(int shard) {
		List<String> keys = List.of(key(shard), batchKey(shard));
		return this.redis
			.call(RedisKeys.hashes(keys),
					() -> this.scripts.run(TAKE, Call.of(keys, this.ids.next(), this.settings.ttl())))
			.filter((fields) -> !fields.isEmpty())
			.map(ViewBuffer::toBatch);
	}

	/** Deletes a batch of a shard that is in MongoDB. */
	Mono<Void> delete(int shard, Batch batch) {
		return this.redis.call(() -> this.scripts.run(DELETE, Call.of(batchKey(shard), batch.id()))).then();
	}

	private List<Object> limits() {
		return new ArrayList<>(List.of(this.settings.capacity(), this.settings.ttl()));
	}

	private static Batch toBatch(List<String> fields) {
		Map<String, Long> views = new HashMap<>();
		String id = "";
		for (int i = 0; i < fields.size(); i += 2) {
			if (fields.get(i).equals(ID)) {
				id = fields.get(i + 1);
			}
			else {
				views.put(fields.get(i), Long.valueOf(fields.get(i + 1)));
			}
		}
		return new Batch(id, views);
	}

	private static String key(int shard) {
		return "product:views:v1:{" + shard + "}";
	}

	private static String batchKey(int shard) {
		return key(shard) + ":batch";
	}

	/**
	 * Views that are to be added to the products.
	 *
	 * @param id the id; later batches of the same shard have higher ids
	 * @param views the numbers of views, by the id of the product
	 */
	record Batch(String id, Map<String, Long> views) {
	}

}
