package dev.agora.session.imports;

import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.agora.platform.imports.row.JsonRows;
import dev.agora.platform.imports.row.Row;
import dev.agora.platform.imports.row.RowError;
import dev.agora.platform.imports.row.RowReader;
import dev.agora.session.password.Passwords;

/** Reads the members of a file, by the constraints of a registration. */
public final class ImportedMembers {

	/** Longer than any valid member, even if each character is written as an escape. */
	static final int MAX_LINE = 8 << 10;

	private final Validator validator;

	private final Passwords passwords;

	private final JsonMapper json;

	ImportedMembers(Validator validator, Passwords passwords, JsonMapper json) {
		this.validator = validator;
		this.passwords = passwords;
		this.json = json;
	}

	/** Opens a file of JSON objects, one a line. */
	RowReader<NewImportedMember> open(InputStream file) {
		return new JsonRows<>(file, MAX_LINE, this.json, this::check);
	}

	private Row<NewImportedMember> check(long line, ObjectNode row) {
		NewImportedMember member = this.json.treeToValue(row, NewImportedMember.class);
		Set<ConstraintViolation<NewImportedMember>> violations = this.validator.validate(member);
		if (!violations.isEmpty()) {
			return new Row.Invalid<>(line, RowError.of(line, violations));
		}
		return Optional.ofNullable(member.passwordHash())
			.flatMap(this.passwords::findViolation)
			.<Row<NewImportedMember>>map((violation) -> Row.Invalid.of(line, "passwordHash", violation))
			.orElseGet(() -> new Row.Valid<>(line, member.handle(), member));
	}

}
