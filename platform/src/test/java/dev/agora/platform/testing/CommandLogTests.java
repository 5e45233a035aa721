package dev.agora.platform.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import de.bwaldvogel.mongo.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** The log of commands finds those that no index serves. */
class CommandLogTests {

	private static final JsonMapper json = new JsonMapper();

	private final CommandLog log = new CommandLog();

	@BeforeEach
	void createIndexes() {
		add("""
				{"createIndexes": "things", "$db": "test", "indexes": [
				 {"key": {"colour": 1, "price": 1, "_id": -1}}, {"key": {"price": -1, "_id": -1}}]}""");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			{"_id": "1"}                                        | {}
			{"_id": {"$in": ["1"]}}                             | {"_id": -1}
			{}                                                  | {"_id": -1}
			{"_id": {"$lt": "1"}}                               | {"_id": -1}
			{"colour": "red"}                                   | {"price": 1, "_id": -1}
			{"colour": "red"}                                   | {"price": -1, "_id": 1}
			{"colour": "red", "price": {"$gt": 1}}              | {"price": 1, "_id": -1}
			{"colour": "red", "price": 1, "_id": {"$lt": "1"}}  | {"price": 1, "_id": -1}
			{"$and": [{"colour": "red"}, {"size": 1}]}          | {}
			{"price": {"$lt": 5}}                               | {"price": -1, "_id": -1}
			{"price": {"$exists": true}}                        | {}
			""")
	void acceptsAQueryThatAnIndexServes(String filter, String sort) {
		find(filter, sort);
		assertThatNoException().isThrownBy(() -> this.log.requireIndexed(Map.of()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			{}                                     | {}
			{"size": 1}                            | {}
			{"size": 1}                            | {"size": 1}
			{"price": {"$exists": false}}          | {}
			{"colour": {"$ne": "red"}}             | {}
			{"colour": "red"}                      | {"_id": -1}
			{"colour": "red"}                      | {"price": 1, "_id": 1}
			{"colour": {"$gt": "red"}}             | {"price": 1, "_id": -1}
			{"$or": [{"_id": "1"}, {"price": 1}]}  | {}
			""")
	void findsAQueryThatNoIndexServes(String filter, String sort) {
		find(filter, sort);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.log.requireIndexed(Map.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"update\": \"things\", \"updates\": [{\"q\": {\"size\": 1}, \"u\": {}}]}",
			"{\"delete\": \"things\", \"deletes\": [{\"q\": {}, \"limit\": 0}]}",
			"{\"aggregate\": \"things\", \"pipeline\": [{\"$group\": {}}]}",
			"{\"findAndModify\": \"things\", \"query\": {\"size\": 1}}",
			"{\"find\": \"others\", \"filter\": {\"colour\": \"red\"}}" })
	void findsOtherCommandsThatScan(String command) {
		add(command);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.log.requireIndexed(Map.of()));
	}

	private void find(String filter, String sort) {
		add("{\"find\": \"things\", \"$db\": \"test\", \"filter\": " + filter + ", \"sort\": " + sort + "}");
	}

	private void add(String command) {
		this.log.add(document(json.readValue(command, LinkedHashMap.class)));
	}

	private static Document document(Map<?, ?> map) {
		Document document = new Document();
		map.forEach((key, value) -> document.put((String) key, value(value)));
		return document;
	}

	private static Object value(Object value) {
		if (value instanceof Map<?, ?> map) {
			return document(map);
		}
		return (value instanceof List<?> list) ? list.stream().map(CommandLogTests::value).toList() : value;
	}

}
