package dev.agora.platform.testing;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records the commands that reach a test server, and those that a sharded cluster would
 * send to all shards because they do not name the shard key, which is {@code _id} in most
 * collections.
 */
public final class CommandLog {

	/** The field with the filters of each command that reads or changes documents. */
	private static final Map<String, String> FILTERS = Map.of("find", "filter", "count", "query", "distinct", "query",
			"findandmodify", "query", "update", "updates", "delete", "deletes", "aggregate", "pipeline");

	/** The shard keys of the collections that have another one than {@code _id}. */
	private static final Map<String, String> SHARD_KEYS = Map.of("ties", "owner", "dismissals", "owner");

	/** The commands of sweeps and migrations, which belong to no request. */
	private static final Set<String> SWEEPS = Set.of("find by pending", "aggregate by pending",
			"delete by pending, removedAt", "delete by expiresAt", "delete by session.expiresAt",
			"delete by value.expiresAt", "find recounts by nothing", "find by removedAt, value, value.priceKey",
			"find by removedAt, value, value.ratingKey", "aggregate by value.state", "find by removedAt, value.state",
			"find pageTickets by requested", "find follows by _id, removedAt", "find memberGraphs by _id",
			"find ties by uncounted", "find pendingMembers by turn", "find suggestions by dueAt");

	private final IndexCheck indexes = new IndexCheck();

	private final Set<String> untargeted = ConcurrentHashMap.newKeySet();

	private final Map<String, Integer> counts = new ConcurrentHashMap<>();

	void add(Document command) {
		String name = command.keySet().iterator().next();
		if (name.equals("createIndexes")) {
			this.indexes.addIndexes(command);
		}
		this.counts.merge(name + " " + command.get(name), 1, Integer::sum);
		@Nullable String member = FILTERS.get(name.toLowerCase(Locale.ROOT));
		if (member != null) {
			List<Document> filters = filters(command.get(member)).map(CommandLog::flat).toList();
			filters.forEach((filter) -> this.indexes.addQuery(name, command, filter));
			filters.stream()
				.filter((filter) -> !isTargeted(filter, SHARD_KEYS.getOrDefault(command.get(name), "_id")))
				.forEach((filter) -> record(name, String.valueOf(command.get(name)), filter));
		}
	}

	private void record(String command, String collection, Document filter) {
		String fields = String.join(", ", new TreeSet<>(filter.keySet()));
		String broadcast = command + " " + collection + " by " + (fields.isEmpty() ? "nothing" : fields);
		if (!SWEEPS.contains(command + " by " + fields) && !SWEEPS.contains(broadcast)) {
			this.untargeted.add(broadcast);
		}
	}

	/** Forgets the commands so far, before the next user of a shared server. */
	public void forget() {
		this.untargeted.clear();
		this.indexes.forgetQueries();
	}

	/**
	 * Asserts that each command went only to the shards that have its documents.
	 * @param exceptions the commands that may go to all shards, as in
	 * {@code find products by value.category}, each with the reason
	 */
	public void requireTargeted(Map<String, String> exceptions) {
		assertThat(this.untargeted).as("commands that go to all shards").isSubsetOf(exceptions.keySet());
	}

	/**
	 * Asserts that no command scans a collection: an index finds and sorts its documents.
	 * @param exceptions the commands that may scan, as in
	 * {@code find members by value.handle}, each with the reason
	 */
	public void requireIndexed(Map<String, String> exceptions) {
		assertThat(this.indexes.unserved()).as("commands that scan a collection")
			.filteredOn((command) -> !SWEEPS.contains(command))
			.isSubsetOf(exceptions.keySet());
	}

	/** Counts the commands of a kind on a collection. */
	public int count(String command, String collection) {
		return this.counts.getOrDefault(command + " " + collection, 0);
	}

	private static Stream<Document> filters(@Nullable Object member) {
		if (member instanceof Document filter) {
			return Stream.of(filter);
		}
		if (!(member instanceof Collection<?> parts) || parts.isEmpty()) {
			return Stream.of(new Document());
		}
		List<Document> documents = parts.stream().map(Document.class::cast).toList();
		if (!documents.get(0).containsKey("q")) {
			return Stream.of((documents.get(0).get("$match") instanceof Document match) ? match : new Document());
		}
		return documents.stream().map((part) -> (Document) part.get("q"));
	}

	/** Replaces each conjunction by its parts. */
	private static Document flat(Document filter) {
		Document flat = new Document();
		filter.forEach((field, value) -> {
			if (field.equals("$and") && value instanceof Collection<?> parts) {
				parts.forEach((part) -> flat.putAll(flat((Document) part)));
			}
			else {
				flat.put(field, value);
			}
		});
		return flat;
	}

	private static boolean isTargeted(Document filter, String shardKey) {
		Object id = filter.get(shardKey);
		if (id instanceof Document condition) {
			return condition.containsKey("$in") || condition.containsKey("$eq") || isRange(condition);
		}
		return id != null;
	}

	/**
	 * Whether a condition has both bounds. The range of the ids of one owner is on few
	 * shards, if the collection is sharded by ranges.
	 */
	private static boolean isRange(Document condition) {
		return condition.containsKey("$gte") && condition.containsKey("$lt");
	}

}
