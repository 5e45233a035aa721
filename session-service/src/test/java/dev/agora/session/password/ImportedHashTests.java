package dev.agora.session.password;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ImportedHashTests {

	private static final int MAX_MEMORY = 32 << 10;

	private static final String SALT = "c29tZXNhbHQ";

	private static final String HASH = "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

	@ParameterizedTest
	@ValueSource(
			strings = { "m=19456,t=2,p=1", "m=12288,t=3,p=1", "m=9216,t=4,p=1", "m=7168,t=5,p=1", "m=32768,t=8,p=4" })
	void acceptsWhatOwaspRecommends(String parameters) {
		assertThat(ImportedHash.findViolation("$argon2id$v=19$" + parameters + "$" + SALT + "$" + HASH, MAX_MEMORY))
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "m=7168,t=4,p=1; too weak", "m=7167,t=99,p=1; too weak", "m=19456,t=1,p=1; too weak",
					"m=1,t=1,p=1; too weak", "m=32769,t=2,p=1; too expensive", "m=9999999,t=2,p=1; too expensive",
					"m=32768,t=9,p=1; too expensive", "m=7168,t=999,p=1; too expensive",
					"m=19456,t=2,p=5; too expensive", "m=0,t=2,p=1; must be $argon2id",
					"m=19456,t=2,p=0; must be $argon2id", "t=2,m=19456,p=1; must be $argon2id",
					"m=19456,t=2; must be $argon2id", "m=99999999999,t=2,p=1; must be $argon2id",
					"m=+19456,t=2,p=1; must be $argon2id", "m=19456,t=2,p=1,keyid=a; must be $argon2id" })
	void refusesOtherParameters(String parameters, String message) {
		assertThat(ImportedHash.findViolation("$argon2id$v=19$" + parameters + "$" + SALT + "$" + HASH, MAX_MEMORY))
			.hasValueSatisfying((violation) -> assertThat(violation).contains(message));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "password", "$2b$12$abcdefghijklmnopqrstuuKl4ZJr2G1ZPzyvAYGJtRsiHbpOq3Sxe",
			"$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
			"$argon2d$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
			"$argon2id$v=16$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
			"$argon2id$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
			"$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc=",
			"$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc\n",
			"$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GR-_c",
			"$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ", "$argon2id$v=19$m=19456,t=2,p=1$$",
			"{argon2id}$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
			"$argon2id$v=19$m=19456,t=2,p=1$AAAAA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc" })
	void refusesWhatIsNoArgon2idHash(String phc) {
		assertThat(ImportedHash.findViolation(phc, MAX_MEMORY))
			.hasValueSatisfying((violation) -> assertThat(violation).startsWith("must be $argon2id"));
	}

	@ParameterizedTest
	@CsvSource({ "c29tZXM, 43", "c29tZXNhbHQ, 20", "c29tZXNhbHQ, 100" })
	void refusesAShortSaltAndOtherLengths(String salt, int length) {
		assertThat(ImportedHash.findViolation("$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$" + "A".repeat(length),
				MAX_MEMORY))
			.hasValueSatisfying((violation) -> assertThat(violation).startsWith("must have a salt"));
	}

	/** A vector of the reference implementation (P-H-C/phc-winner-argon2). */
	@Test
	void verifiesSeveralLanes() {
		Argon2 argon2 = new Argon2(64, 1);
		String lanes = "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc";
		assertThat(argon2.matches("password", lanes)).isTrue();
		assertThat(argon2.matches("passwore", lanes)).isFalse();
	}

}
