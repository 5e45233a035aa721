package dev.agora.session.imports;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import dev.agora.platform.testing.Shared;
import dev.agora.session.imports.TestMemberImports.Operator;
import dev.agora.session.member.Members;

import static dev.agora.session.imports.TestMemberImports.PASSWORD;
import static dev.agora.session.imports.TestMemberImports.body;
import static dev.agora.session.imports.TestMemberImports.toText;
import static org.assertj.core.api.Assertions.assertThat;

/** Reads the rows of a file, and reports those that name no new member. */
@ExtendWith(Shared.class)
class MemberImportRowTests {

	private static TestMemberImports imports;

	private final Operator operator = imports.newOperator();

	@BeforeAll
	static void share(TestMemberImports shared) {
		imports = shared;
	}

	@Test
	void countsEachErrorWithItsLineAndContinues() {
		this.operator.register("eve").expectStatus().isCreated();
		JsonNode result = this.operator.importFile(String.join("\n", line("eve", "Eve", imports.hash()), "{\"handle\":",
				"[]", line("A B", "A", null), line("ok", "Ok", null), line("ok", "Ok", null), line("ok", "Other", null),
				line("weak", "W", "$argon2id$v=19$m=16,t=1,p=1$c29tZXNhbHQ$" + "A".repeat(43)),
				line("text", "T", "secret"), "{\"handle\":\"" + this.operator.prefix() + "x\"}",
				line("y", "Y", null).replace("\"name\"", "\"password\":\"" + PASSWORD + "\",\"name\""),
				"{\"name\":\"N\"}", line("z", "", null), "x".repeat(9000), line("last", "Last", null)));
		assertThat(result.path("created").asInt()).as(result.toString()).isEqualTo(2);
		assertThat(result.path("unchanged").asInt()).isEqualTo(1);
		assertThat(result.path("failed").asInt()).isEqualTo(12);
		assertThat(result.path("errors").valueStream().map(TestMemberImports::toText)).containsExactly("1 handle",
				"2 row", "3 row", "4 handle", "7 handle", "8 passwordHash", "9 passwordHash", "10 name", "11 password",
				"12 handle", "13 name", "14 row");
		assertThat(result.toString()).doesNotContain("secret").doesNotContain(PASSWORD);
		this.operator.logIn("eve").expectStatus().isCreated();
	}

	@Test
	void readsMarksBlankLinesAndLineEndsOfOtherSystems() {
		JsonNode result = this.operator
			.importFile("\uFEFF" + line("a", "A", null) + "\r\n\r\n \t\n" + line("b", "Jose\u0301", null) + "\r\n"
					+ line("c", "C", null).replace("}", ", \"passwordHash\": null}") + "\n{\"handle");
		assertThat(result.path("created").asInt()).as(result.toString()).isEqualTo(3);
		assertThat(toText(result.at("/errors/0"))).isEqualTo("6 row");
		assertThat(body(this.operator.show("b")).path("name").asString()).isEqualTo("Jos\u00e9");
		assertThat(this.operator.importFile(line("b", "Jos\u00e9", null)).path("unchanged").asInt()).isEqualTo(1);
	}

	@Test
	void keepsTheFirstThousandErrorsAndCountsAll() {
		JsonNode result = this.operator.importFile("{}\n".repeat(700));
		assertThat(result.path("failed").asInt()).isEqualTo(700);
		assertThat(result.path("errors").size()).isEqualTo(1000);
	}

	@Test
	void theHandleOfADeletedMemberStaysTaken() {
		String id = body(this.operator.register("ada").expectStatus().isCreated()).path("id").asString();
		imports.bean(Members.class).delete(id, Optional.empty()).block();
		JsonNode result = this.operator.importFile(line("ada", "Ada", imports.hash()));
		assertThat(toText(result.at("/errors/0"))).isEqualTo("1 handle");
	}

	private String line(String handle, String name, @Nullable String passwordHash) {
		return this.operator.line(handle, name, passwordHash);
	}

}
