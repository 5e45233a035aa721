package dev.agora.session.imports;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.MediaType;

import dev.agora.platform.identity.Identity;
import dev.agora.platform.problem.Forbidden;
import dev.agora.platform.testing.Shared;
import dev.agora.session.imports.TestMemberImports.Operator;
import dev.agora.session.member.Members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Uploads files as an operator and as others. */
@ExtendWith(Shared.class)
class MemberImportControllerTests {

	private static TestMemberImports imports;

	private final Operator operator = imports.newOperator();

	@BeforeAll
	static void share(TestMemberImports shared) {
		imports = shared;
	}

	@Test
	void onlyAnOperatorImports() {
		imports.upload(imports.member(this.operator.id()), line("ada", "Ada", null))
			.expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.type")
			.value((String type) -> assertThat(type).contains("operator-required"));
		imports.client()
			.post()
			.uri("/members/imports")
			.contentType(MediaType.APPLICATION_NDJSON)
			.bodyValue(line("ada", "Ada", null))
			.exchange()
			.expectStatus()
			.isUnauthorized();
		this.operator.show("ada").expectStatus().isNotFound();
	}

	@Test
	void anOperatorWhoseRightsWereRevokedImportsNothingMore() {
		String job = this.operator.submit(line("ada", "Ada", null));
		imports.bean(Members.class).revokeOperator(this.operator.id()).block();
		assertThatExceptionOfType(Forbidden.class).isThrownBy(() -> imports.run(job));
		this.operator.show("ada").expectStatus().isNotFound();
	}

	@ParameterizedTest
	@CsvSource({ "text/csv, 415", "application/json, 415", "application/x-ndjson;charset=latin1, 415" })
	void refusesOtherFormats(String type, int status) {
		imports.client()
			.post()
			.uri("/members/imports")
			.header(Identity.HEADER, this.operator.identity())
			.contentType(MediaType.parseMediaType(type))
			.bodyValue("{}".getBytes(StandardCharsets.UTF_8))
			.exchange()
			.expectStatus()
			.isEqualTo(status);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, (1 << 20) + 1 })
	void refusesAnEmptyAndATooLongFile(int length) {
		imports.upload(this.operator.identity(), "\n".repeat(length))
			.expectStatus()
			.isEqualTo((length == 0) ? 400 : 413);
	}

	private String line(String handle, String name, @Nullable String passwordHash) {
		return this.operator.line(handle, name, passwordHash);
	}

}
