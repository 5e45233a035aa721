package dev.agora.platform.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.event.Event;
import dev.agora.platform.event.EventTypes;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks events of a service against the schemas in {@code contracts/events}. */
public final class Contracts {

	private static final JsonMapper json = JsonMapper.builder().build();

	private Contracts() {
	}

	/** Asserts that a published event matches its schema and can be read again. */
	public static void assertTold(Event event) throws IOException {
		String told = json.writeValueAsString(event);
		assertThat(agrees(event.getClass(), told)).isTrue();
		assertThat(json.readValue(told, event.getClass())).isEqualTo(event);
	}

	/** Whether a text matches the schema of this kind of event. */
	public static boolean agrees(Class<? extends Event> type, String text) throws IOException {
		Path schema = Path.of("..", "contracts", "events", EventTypes.nameOf(type) + ".json");
		return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(Files.readString(schema))
			.validate(text, InputFormat.JSON)
			.isEmpty();
	}

	/** Asserts that a sample matches its schema and is read as an event. */
	public static void assertRead(String sample, Event expected) throws IOException {
		assertThat(agrees(expected.getClass(), sample)).isTrue();
		assertThat(json.readerFor(expected.getClass())
			.without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.<Event>readValue(sample)).isEqualTo(expected);
	}

}
