package dev.agora.contract.release;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Each kind of change is planted into a small contract. */
class PlantedBreaksTests {

	private static final String API = """
			{"openapi": "3.1.0", "info": {"title": "t", "version": "1"},
			"paths": {
			  "/things": {"post": {
			    "parameters": [{"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["a", "b"]}}],
			    "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewThing"}}}},
			    "responses": {"201": {"description": "d", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}}},
			  "/things/{id}": {"get": {
			    "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
			    "responses": {"200": {"description": "d", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}}}},
			"components": {"schemas": {
			  "NewThing": {"type": "object", "required": ["name"], "properties": {
			    "name": {"type": "string", "maxLength": 50}, "size": {"type": ["integer", "null"], "maximum": 9},
			    "kind": {"type": "string", "enum": ["big", "small"]}, "line": {"$ref": "#/components/schemas/Line"},
			    "labels": {"type": "object", "maxProperties": 5, "propertyNames": {"maxLength": 20}, "additionalProperties": {"type": "string"}}}},
			  "Line": {"allOf": [{"$ref": "#/components/schemas/Text"}]}, "Text": {"type": "string", "maxLength": 80},
			  "Part": {"type": "object", "required": ["size"], "properties": {"size": {"type": "integer"}, "color": {"type": "string"}}},
			  "Thing": {"type": "object", "required": ["id", "count"], "properties": {
			    "id": {"type": "string"}, "count": {"type": "integer"}, "note": {"type": "string"}, "part": {"anyOf": [{"$ref": "#/components/schemas/Part"}, {"type": "null"}]},
			    "amounts": {"type": "object", "additionalProperties": {"type": "number"}},
			    "state": {"type": "string", "enum": ["ON", "OFF"]}, "tags": {"type": "array", "items": {"type": "string"}}}}}}}
			""";

	private static final String EVENT = """
			{"type": "object", "additionalProperties": true, "required": ["title", "price"], "properties": {
			  "title": {"type": "string", "maxLength": 200}, "text": {"type": ["string", "null"]},
			  "stars": {"type": "integer", "minimum": 1, "maximum": 5},
			  "verb": {"type": "string", "enum": ["posted", "listed"]},
			  "price": {"type": "object", "required": ["amount"], "properties": {"amount": {"type": "number"}}}}}
			""";

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					removed path             | "/things/{id}": {"get"             | "/things/{id}": {"head"
					removed response field   | "note": {"type": "string"},        | ''
					response field optional  | ["id", "count"]                    | ["id"]
					response type            | "count": {"type": "integer"}       | "count": {"type": "string"}
					response type widened    | "count": {"type": "integer"}       | "count": {"type": ["integer", "null"]}
					response type of items   | "items": {"type": "string"}        | "items": {"type": "integer"}
					response enum widened    | ["ON", "OFF"]                      | ["ON", "OFF", "BROKEN"]
					response media type      | "201": {"description": "d", "content": {"application/json" | "201": {"description": "d", "content": {"text/plain"
					new required field       | "required": ["name"]               | "required": ["name", "size"]
					removed request field    | , "size": {"type": ["integer", "null"], "maximum": 9} | ''
					request type             | "name": {"type": "string"          | "name": {"type": "integer"
					request type narrowed    | ["integer", "null"]                | ["integer"]
					request enum narrowed    | ["big", "small"]                   | ["big"]
					request enum added       | "name": {"type": "string"          | "name": {"enum": ["x"], "type": "string"
					request limit narrowed   | "maxLength": 50                    | "maxLength": 40
					request limit added      | "name": {"type": "string"          | "name": {"minLength": 2, "type": "string"
					request maximum narrowed | "maximum": 9                       | "maximum": 8
					request pattern added    | "name": {"type": "string"          | "name": {"pattern": "^a", "type": "string"
					alternative's field      | , "color": {"type": "string"}        | ''
					alternative's type       | {"size": {"type": "integer"}        | {"size": {"type": "string"}
					alternative added        | , {"type": "null"}]                 | , {"type": "null"}, {"type": "string"}]
					response values of a map | {"type": "number"}                  | {"type": "string"}
					request values of a map  | "additionalProperties": {"type": "string"} | "additionalProperties": {"type": "integer"}
					request map closed       | "additionalProperties": {"type": "string"} | "additionalProperties": false
					request object closed    | "NewThing": {"type": "object"       | "NewThing": {"additionalProperties": false, "type": "object"
					request names narrowed   | "propertyNames": {"maxLength": 20}  | "propertyNames": {"maxLength": 10}
					request map narrowed     | "maxProperties": 5                  | "maxProperties": 4
					request text by 2 refs   | "maxLength": 80                     | "maxLength": 8
					limit beside a reference | "line": {                           | "line": {"maxLength": 5,
					parameter enum narrowed  | ["a", "b"]                         | ["a"]
					new required parameter   | "parameters": [{"name": "sort"     | "parameters": [{"name": "x", "in": "query", "required": true, "schema": {"type": "string"}}, {"name": "sort"
					""")
	void refusesAnApiThatBreaksOldClients(String change, String before, String now) {
		assertThat(API).contains(before);
		assertThat(OpenApiComparison.compare(API, API.replace(before, without(now)))).as(change).isNotEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					new response field        | "note": {"type": "string"}         | "note": {"type": "string"}, "more": {"type": "string"}
					response field required   | ["id", "count"]                    | ["id", "count", "note"]
					response enum narrowed    | ["ON", "OFF"]                      | ["ON"]
					new optional field        | "name": {"type": "string"          | "more": {"type": "string"}, "name": {"type": "string"
					request field optional    | "required": ["name"]               | "required": []
					request enum widened      | ["big", "small"]                   | ["big", "small", "tiny"]
					request limit widened     | "maxLength": 50                    | "maxLength": 60
					request limit removed     | , "maxLength": 50                  | ''
					alternative's new field   | "color": {"type": "string"}        | "color": {"type": "string"}, "more": {"type": "string"}
					request map widened       | "maxProperties": 5                 | "maxProperties": 6
					request names widened     | "propertyNames": {"maxLength": 20} | "propertyNames": {"maxLength": 30}
					request type widened      | "size": {"type": ["integer", "null"] | "size": {"type": ["number", "null"]
					new path                  | "/things": {"post"                 | "/others": {"get": {"responses": {"200": {"description": "d"}}}}, "/things": {"post"
					""")
	void acceptsAnApiThatBreaksNothing(String change, String before, String now) {
		assertThat(API).contains(before);
		assertThat(OpenApiComparison.compare(API, API.replace(before, without(now)))).as(change).isEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			removed field        | "text": {"type": ["string", "null"]}, | ''
			now optional         | ["title", "price"]                    | ["title"]
			nested now optional  | "required": ["amount"]                | "required": []
			type                 | "amount": {"type": "number"}          | "amount": {"type": "string"}
			type widened         | "title": {"type": "string"            | "title": {"type": ["string", "null"]
			enum widened         | ["posted", "listed"]                  | ["posted", "listed", "reviewed"]
			enum removed         | , "enum": ["posted", "listed"]        | ''
			maximum raised       | "maximum": 5                          | "maximum": 10
			limit removed        | , "maxLength": 200                    | ''
			""")
	void refusesEventsThatBreakOldListeners(String change, String before, String now) {
		assertThat(EVENT).contains(before);
		assertThat(breaksOfEvent(EVENT.replace(before, without(now)))).as(change).isNotEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					new field        | "title": {"type": "string"         | "more": {"type": "string"}, "title": {"type": "string"
					now required     | ["title", "price"]                 | ["title", "price", "stars"]
					type narrowed    | "text": {"type": ["string", "null"]} | "text": {"type": "string"}
					number is whole  | "amount": {"type": "number"}       | "amount": {"type": "integer"}
					maximum lowered  | "maximum": 5                       | "maximum": 4
					""")
	void acceptsEventsThatBreakNothing(String change, String before, String now) {
		assertThat(EVENT).contains(before);
		assertThat(breaksOfEvent(EVENT.replace(before, without(now)))).as(change).isEmpty();
	}

	@Test
	void refusesARemovedEvent() {
		Map<String, JsonNode> released = Map.of("thing.done", JsonMapper.shared().readTree(EVENT));
		assertThat(EventComparison.compare(released, Map.of())).containsExactly("thing.done: removed");
	}

	/** Readers ignore alternatives that they do not know if a field tells them apart. */
	@Test
	void acceptsFurtherAlternativesThatAFieldTellsApart() {
		String one = "{\"discriminator\": {\"propertyName\": \"verb\"}, \"oneOf\": [{\"const\": 1}]}";
		String two = one.replace("[{", "[{\"const\": 1}, {");
		assertThat(breaks(one, two)).isEmpty();
		assertThat(breaks(two, one)).isNotEmpty();
		assertThat(breaks(one, one.replace("1", "2"))).isNotEmpty();
		assertThat(breaks(one.replace("discriminator", "title"), two)).isNotEmpty();
	}

	private static List<String> breaks(String before, String now) {
		JsonNode released = JsonMapper.shared().readTree(before);
		JsonNode current = JsonMapper.shared().readTree(now);
		return SchemaComparison.ofSent(released, current).compare("value", released, current);
	}

	private static List<String> breaksOfEvent(String now) {
		return EventComparison.compare(Map.of("thing.done", JsonMapper.shared().readTree(EVENT)),
				Map.of("thing.done", JsonMapper.shared().readTree(now)));
	}

	/** Two quotes stand for nothing. */
	private static String without(String now) {
		return now.equals("''") ? "" : now;
	}

}
