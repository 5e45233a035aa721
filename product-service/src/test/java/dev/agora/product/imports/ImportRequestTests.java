package dev.agora.product.imports;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.product.imports.row.TestRows;

import static org.assertj.core.api.Assertions.assertThat;

class ImportRequestTests {

	@Test
	void readsAndWritesJobsAsEarlierBuildsDo() {
		String stored = """
				{"upload": {"id": "0SAX0RSKMBGW0", "chunks": 1, "bytes": 9, "lines": 1, "digest": "d"}, "format": "NDJSON",
				 "columns": {"separator": ",", "columns": {}, "defaults": {}},
				 "seller": {"id": "0SAX0RSKMBGW1", "handle": "ann", "name": "Ann", "version": 1, "sessionId": "s"}}
				""";
		JsonMapper json = TestRows.strictJson();
		JsonNode again = json.readTree(json.writeValueAsString(json.readValue(stored, ImportRequest.class)));
		assertThat(again).isEqualTo(json.readTree(stored));
	}

}
