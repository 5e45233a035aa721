package dev.agora.feed;

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

/** The schemas that the services have agreed on for their events. */
public final class Contracts {

	private static final JsonMapper json = JsonMapper.builder().build();

	private Contracts() {
	}

	/** What this service tells must be as agreed, and readable by itself. */
	public static void assertTold(Event event) throws IOException {
		String told = json.writeValueAsString(event);
		assertAgreed(event.getClass(), told);
		assertThat(json.readValue(told, event.getClass())).isEqualTo(event);
	}

	/** What this service reads must be read from what is as agreed. */
	public static void assertRead(String sample, Event expected) throws IOException {
		assertAgreed(expected.getClass(), sample);
		assertThat(json.readerFor(expected.getClass())
			.without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.<Event>readValue(sample)).isEqualTo(expected);
	}

	private static void assertAgreed(Class<?> type, String sample) throws IOException {
		Path schema = Path.of("..", "contracts", "events", EventTypes.nameOf(type) + ".json");
		assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(Files.readString(schema))
			.validate(sample, InputFormat.JSON)).isEmpty();
	}

}
