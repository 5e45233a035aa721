package dev.agora.platform.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Compares the queries that reach a test server with the indexes of their collections, by
 * MongoDB's rule: equal fields, then the sort, then ranges. An index that serves only the
 * sort of a query with equal fields scans. The server itself cannot explain its plans.
 */
final class IndexCheck {

	private static final Set<String> RANGES = Set.of("$lt", "$lte", "$gt", "$gte");

	private static final Index PRIMARY = new Index(List.of(Map.entry("_id", 1)));

	private final Map<String, Set<Index>> indexes = new ConcurrentHashMap<>();

	private final Set<Query> queries = ConcurrentHashMap.newKeySet();

	/** Adds the indexes that a command creates. */
	void addIndexes(Document command) {
		((Collection<?>) command.get("indexes")).stream()
			.map((index) -> keys((Document) ((Document) index).get("key")))
			.forEach((keys) -> this.indexes
				.computeIfAbsent(name(command, "createIndexes"), (collection) -> ConcurrentHashMap.newKeySet())
				.add(new Index(keys)));
	}

	/**
	 * Adds a query.
	 * @param verb the command, which is also the member with the name of the collection
	 * @param filter the filter without conjunctions
	 */
	void addQuery(String verb, Document command, Document filter) {
		@Nullable Object sort = command.get("sort");
		this.queries.add(new Query(verb, name(command, verb), equal(filter), ranges(filter),
				(sort instanceof Document order) ? keys(order) : List.of()));
	}

	/** Forgets the queries, but not the indexes. */
	void forgetQueries() {
		this.queries.clear();
	}

	/** Describes the queries that no index of their collection serves. */
	Set<String> unserved() {
		return this.queries.stream()
			.filter((query) -> Stream
				.concat(Stream.of(PRIMARY), this.indexes.getOrDefault(query.collection(), Set.of()).stream())
				.noneMatch((index) -> index.serves(query)))
			.map(Query::describe)
			.collect(Collectors.toSet());
	}

	private static String name(Document command, String verb) {
		return command.get("$db") + "." + command.get(verb);
	}

	private static List<Map.Entry<String, Integer>> keys(Document document) {
		List<Map.Entry<String, Integer>> keys = new ArrayList<>();
		document.forEach((field, direction) -> keys.add(Map.entry(field, ((Number) direction).intValue())));
		return keys;
	}

	private static Set<String> equal(Document filter) {
		return fields(filter, (condition) -> condition.containsKey("$in") || condition.containsKey("$eq"), true);
	}

	private static Set<String> ranges(Document filter) {
		return fields(filter, (condition) -> Boolean.TRUE.equals(condition.get("$exists"))
				|| condition.keySet().stream().anyMatch(RANGES::contains), false);
	}

	private static Set<String> fields(Document filter, Predicate<Document> matches, boolean plain) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>(filter);
		return fields.entrySet()
			.stream()
			.filter((field) -> (field.getValue() instanceof Document condition) ? matches.test(condition) : plain)
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
	}

	/** The fields of an index with their directions, 1 or -1. */
	private record Index(List<Map.Entry<String, Integer>> keys) {

		boolean serves(Query query) {
			List<Map.Entry<String, Integer>> rest = this.keys.stream()
				.dropWhile((key) -> query.equal().contains(key.getKey()))
				.toList();
			List<Map.Entry<String, Integer>> sort = query.sort()
				.stream()
				.filter((key) -> !query.equal().contains(key.getKey()))
				.toList();
			boolean isEqual = rest.size() < this.keys.size();
			if (!isEqual && !query.equal().isEmpty()) {
				return false;
			}
			return sort.isEmpty() ? isEqual || query.ranges().contains(rest.get(0).getKey())
					: startsWith(rest, sort, 1) || startsWith(rest, sort, -1);
		}

		private static boolean startsWith(List<Map.Entry<String, Integer>> keys, List<Map.Entry<String, Integer>> sort,
				int direction) {
			return keys.size() >= sort.size() && sort.stream()
				.map((key) -> Map.entry(key.getKey(), key.getValue() * direction))
				.toList()
				.equals(keys.subList(0, sort.size()));
		}

	}

	/**
	 * A query, without its values.
	 *
	 * @param equal the fields that are compared for equality
	 * @param ranges the fields that are compared with bounds
	 * @param sort the fields of the order with their directions
	 */
	private record Query(String verb, String collection, Set<String> equal, Set<String> ranges,
			List<Map.Entry<String, Integer>> sort) {

		String describe() {
			Set<String> fields = new TreeSet<>(this.equal);
			fields.addAll(this.ranges);
			String name = this.collection.substring(this.collection.indexOf('.') + 1);
			String filter = fields.isEmpty() ? "nothing" : String.join(", ", fields);
			return this.verb + " " + name + " by " + filter + (this.sort.isEmpty() ? "" : " in order " + this.sort);
		}

	}

}
