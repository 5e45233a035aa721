package dev.agora.platform.mongo;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.bson.BsonDocument;
import org.bson.BsonInt64;

/**
 * The numbers of a record, which documents from before a number was added do not have.
 * They are read as 0.
 *
 * @param numbers the names of the numbers
 * @param records the numbers of the records in this record, by name
 */
public record MissingNumbers(List<String> numbers, Map<String, MissingNumbers> records) {

	private static final BsonInt64 ZERO = new BsonInt64(0);

	/** Reads the numbers of a record. */
	public static MissingNumbers of(Class<?> type) {
		return new MissingNumbers(
				components(type).filter((component) -> component.getType() == long.class)
					.map(RecordComponent::getName)
					.toList(),
				components(type).filter((component) -> component.getType().isRecord())
					.collect(Collectors.toUnmodifiableMap(RecordComponent::getName,
							(component) -> of(component.getType()))));
	}

	private static Stream<RecordComponent> components(Class<?> type) {
		return Stream.of(type.getRecordComponents());
	}

	/** Adds the numbers that a document does not have. */
	public void addTo(BsonDocument document) {
		this.numbers.forEach((name) -> document.putIfAbsent(name, ZERO));
		this.records.forEach((name, missing) -> {
			if (document.isDocument(name)) {
				missing.addTo(document.getDocument(name));
			}
		});
	}

}
