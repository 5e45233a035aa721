package dev.agora.embeddedmongo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class IndexedQueriesTests {

	@TempDir
	Path directory;

	private EmbeddedMongo mongo;

	private MongoClient client;

	private MongoCollection<Document> indexed;

	private MongoCollection<Document> plain;

	@BeforeEach
	void open() throws Exception {
		this.mongo = EmbeddedMongo.start(this.directory.resolve("mongo"), 0);
		this.client = MongoClients.create(this.mongo.uri());
		this.indexed = this.client.getDatabase("test").getCollection("indexed");
		this.plain = this.client.getDatabase("test").getCollection("plain");
	}

	@AfterEach
	void close() {
		this.client.close();
		this.mongo.close();
	}

	private void reopen() throws Exception {
		close();
		open();
	}

	@Test
	void findsOnAnIndexWhatAScanFindsAfterRandomChanges() throws Exception {
		this.indexed.createIndex(Indexes.ascending("value.from", "value.to"));
		this.indexed.createIndex(Indexes.descending("value.score"));
		this.indexed.createIndex(Indexes.ascending("pending"), new IndexOptions().sparse(true));
		this.indexed.createIndex(Indexes.ascending("tags"));
		Random random = new Random(7);
		for (int round = 0; round < 600; round++) {
			change(random);
		}
		for (int round = 0; round < 200; round++) {
			assertSame(query(random));
		}
		reopen();
		for (int round = 0; round < 200; round++) {
			assertSame(query(random));
		}
	}

	private void change(Random random) {
		String id = id(random);
		Bson selector = Filters.and(Filters.eq("_id", id), Filters.exists("nothing", false));
		Bson update = switch (random.nextInt(5)) {
			case 0 -> Updates.unset("pending");
			case 1 -> Updates.set("pending", random.nextInt(3));
			case 2 -> Updates.set("value.score", random.nextBoolean() ? random.nextInt(20) : random.nextInt(20) + 0.5);
			case 3 -> Updates.set("tags", List.of("t" + random.nextInt(4), "t" + random.nextInt(4)));
			default -> Updates.combine(Updates.set("value.from", "m" + random.nextInt(9)),
					Updates.set("value.to", "m" + random.nextInt(9)));
		};
		for (MongoCollection<Document> collection : List.of(this.indexed, this.plain)) {
			if (random.nextInt(20) == 0 && collection == this.indexed) {
				this.indexed.deleteOne(Filters.eq("_id", id));
				this.plain.deleteOne(Filters.eq("_id", id));
			}
			collection.updateOne(selector, update, new UpdateOptions().upsert(true));
		}
	}

	private static String id(Random random) {
		return String.format("%03d", random.nextInt(150));
	}

	private Bson query(Random random) {
		String member = "m" + random.nextInt(9);
		int score = random.nextInt(20);
		return switch (random.nextInt(13)) {
			case 0 -> Filters.eq("value.from", member);
			case 1 -> Filters.and(Filters.eq("value.from", member), Filters.gt("value.to", "m4"));
			case 2 -> Filters.in("value.from", member, "m3", "m99");
			case 3 -> Filters.and(Filters.gte("value.score", score), Filters.lt("value.score", score + 5));
			case 4 -> Filters.exists("pending");
			case 5 -> Filters.eq("pending", null);
			case 6 -> Filters.eq("tags", "t" + random.nextInt(4));
			case 7 -> Filters.and(Filters.lt("_id", "100"), Filters.in("value.from", member, "m1"));
			case 8 -> Filters.or(Filters.eq("value.from", member), Filters.eq("value.score", score));
			case 9 -> Filters.and(Filters.eq("value.from", member), Filters.gt("_id", id(random)));
			case 10 ->
				Filters.and(Filters.eq("tags", "t1"), Filters.gte("_id", id(random)), Filters.lt("_id", id(random)));
			case 11 -> Filters.eq("value.score", score);
			default -> Filters.and(Filters.ne("value.from", member), Filters.gt("_id", "040"));
		};
	}

	private void assertSame(Bson query) {
		for (Bson order : List.of(Sorts.descending("_id"), Sorts.ascending("_id"),
				Sorts.ascending("value.to", "_id"))) {
			assertThat(this.indexed.find(query).sort(order).limit(20).into(new ArrayList<>())).as(query.toString())
				.isEqualTo(this.plain.find(query).sort(order).limit(20).into(new ArrayList<>()));
		}
		assertThat(this.indexed.countDocuments(query)).as(query.toString()).isEqualTo(this.plain.countDocuments(query));
	}

	@Test
	void updatesADocumentOnceForEachVersion() {
		this.indexed.insertOne(new Document("_id", "a").append("version", 1));
		Bson first = Filters.and(Filters.eq("_id", "a"), Filters.eq("version", 1));
		assertThat(this.indexed.updateOne(first, Updates.inc("version", 1)).getModifiedCount()).isEqualTo(1);
		assertThat(this.indexed.updateOne(first, Updates.inc("version", 1)).getModifiedCount()).isZero();
		FindOneAndUpdateOptions after = new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
		assertThat(this.indexed.findOneAndUpdate(Filters.eq("version", 2), Updates.inc("version", 1), after))
			.containsEntry("version", 3);
		assertThat(this.indexed.findOneAndUpdate(first, Updates.inc("version", 1), after)).isNull();
	}

	@Test
	void refusesASecondDocumentWithTheSameUniqueKey() throws Exception {
		this.indexed.createIndex(Indexes.ascending("value.handle"), new IndexOptions().unique(true));
		this.indexed.insertOne(new Document("_id", "a").append("value", new Document("handle", "ann")));
		reopen();
		Document second = new Document("_id", "b").append("value", new Document("handle", "ann"));
		assertThatExceptionOfType(MongoWriteException.class).isThrownBy(() -> this.indexed.insertOne(second))
			.withMessageContaining("E11000");
		assertThatExceptionOfType(MongoWriteException.class)
			.isThrownBy(() -> this.indexed.insertOne(new Document("_id", "a")))
			.withMessageContaining("E11000");
		assertThat(this.indexed.find(Filters.and(Filters.eq("value.handle", "ann"), Filters.ne("_id", "b"))).first())
			.containsEntry("_id", "a");
	}

	@Test
	void usesAnIndexForALeadingMatchOfAPipeline() {
		this.indexed.createIndex(Indexes.ascending("author"));
		for (int i = 0; i < 50; i++) {
			this.indexed.insertOne(new Document("_id", i).append("author", "m" + (i % 5)));
		}
		List<Bson> pipeline = List.of(Aggregates.match(Filters.eq("author", "m2")),
				Aggregates.sort(Sorts.descending("_id")), Aggregates.limit(3));
		assertThat(
				this.indexed.aggregate(pipeline).map((document) -> document.getInteger("_id")).into(new ArrayList<>()))
			.containsExactly(47, 42, 37);
	}

	@Test
	void createsAnIndexOnce() {
		for (int i = 0; i < 3; i++) {
			this.indexed.createIndex(Indexes.ascending("author"));
		}
		assertThat(this.indexed.listIndexes().into(new ArrayList<>())).hasSize(2);
		this.indexed.dropIndex(Indexes.ascending("author"));
		assertThat(this.indexed.listIndexes().into(new ArrayList<>())).hasSize(1);
	}

}
