package dev.agora.platform.watermark;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.MongoFailures;

/**
 * The watermarks that the consumer groups of this service have reached. They are stored
 * beside the projections, so that every instance knows those of partitions that others
 * consume.
 * <p>
 * Shard key: {@code _id}, the group and the topic.
 */
public final class Watermarks {

	private static final Duration MAX_AGE = Duration.ofMillis(100);

	private static final String PARTITIONS = "partitions";

	private final MongoCollection<BsonDocument> collection;

	private final Set<String> readers = ConcurrentHashMap.newKeySet();

	private final Mono<Map<String, Long>> reached;

	public Watermarks(MongoDatabase database) {
		this.collection = database.getCollection("watermarks", BsonDocument.class);
		this.reached = Mono.defer(this::read).cache((read) -> MAX_AGE, (failure) -> Duration.ZERO, () -> Duration.ZERO);
	}

	/**
	 * Stores that a group has applied everything that precedes some watermarks. Nothing
	 * is stored for a group whose progress no read needs.
	 */
	public Mono<Void> advance(String group, Collection<Watermark> applied) {
		List<UpdateOneModel<BsonDocument>> updates = applied.stream()
			.filter((mark) -> this.readers.contains(key(group, mark.topic())))
			.map((mark) -> toUpdate(group, mark))
			.toList();
		return updates.isEmpty() ? Mono.empty()
				: Mono.from(this.collection.bulkWrite(updates, new BulkWriteOptions().ordered(false)))
					.onErrorMap(MongoFailures::toProblem)
					.then();
	}

	/** Returns the progress of a consumer group of this service. */
	public Reader reader(String group, String topic) {
		this.readers.add(key(group, topic));
		return new Group(this.reached, key(group, topic));
	}

	private Mono<Map<String, Long>> read() {
		return Batches.of(this.collection.find(Filters.in("_id", this.readers)))
			.collectMap((mark) -> mark.getString("_id").getValue(), Watermarks::minimum)
			.onErrorMap(MongoFailures::toProblem);
	}

	/** A partition without a watermark may hold events of any age. */
	private static long minimum(BsonDocument reader) {
		return IntStream.range(0, reader.getInt32(PARTITIONS).getValue())
			.mapToLong((partition) -> reader.getInt64(field(partition), new BsonInt64(0)).getValue())
			.min()
			.orElse(0);
	}

	private static UpdateOneModel<BsonDocument> toUpdate(String group, Watermark mark) {
		return new UpdateOneModel<>(Filters.eq(key(group, mark.topic())), Updates
			.combine(Updates.max(field(mark.partition()), mark.time()), Updates.max(PARTITIONS, mark.partitions())),
				new UpdateOptions().upsert(true));
	}

	private static String field(int partition) {
		return "p" + partition;
	}

	private static String key(String group, String topic) {
		return group + "/" + topic;
	}

	/** A consumer group that applies a topic. */
	private record Group(Mono<Map<String, Long>> reached, String key) implements Reader {

		@Override
		public Mono<Long> appliedUntil() {
			return this.reached.map((times) -> times.getOrDefault(this.key, 0L));
		}

	}

}
