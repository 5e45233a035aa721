package dev.agora.launcher.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SigningKeysTests {

	private final Instant now = Instant.now().plusSeconds(1);

	@TempDir
	private Path directory;

	@Test
	void createsAKeyOnceAndHidesItFromOtherUsers() throws IOException, ParseException {
		SigningKeys keys = keys();
		List<String> first = ids(keys.signingKey());
		assertThat(first).hasSize(1);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.signingKey())))
			.isEqualTo("rw-------");
		assertThat(ids(keys().signingKey())).isEqualTo(first);
		assertPublished(keys, first);
	}

	@Test
	void createsKeysOnceAndKeepsThePrivateKeySecret() throws IOException {
		DataDirectory data = new DataDirectory(this.directory);
		SigningKeys keys = SigningKeys.loadOrCreate(data);
		String created = Files.readString(keys.signingKey());
		assertThat(created).contains("\"d\":").contains("\"kid\":").contains("P-256");
		assertThat(Files.readString(keys.keySet())).contains("\"keys\":").doesNotContain("\"d\":");
		assertThat(Files.getPosixFilePermissions(keys.signingKey())).hasSize(2);
		assertThat(Files.readString(SigningKeys.loadOrCreate(data).signingKey())).isEqualTo(created);
	}

	@Test
	void updatesTheCopiesForContainers() throws IOException, ParseException {
		SigningKeys keys = keys();
		SigningKeys copies = keys.copyForContainers();
		List<String> both = keys.rotate(this.now, this.now.plusSeconds(15));
		assertThat(ids(copies.signingKey())).isEqualTo(both);
		assertPublished(copies, both);
	}

	@Test
	void letsOnlyContainersReadTheCopies() throws IOException {
		SigningKeys copies = keys().copyForContainers();
		Path folder = copies.signingKey().getParent();
		assertThat(permissions(copies.signingKey())).isEqualTo("rw-r--r--");
		assertThat(permissions(folder)).isEqualTo("rwxr-xr-x");
		assertThat(permissions(folder.getParent())).isEqualTo("rwx------");
		assertThat(folder).isNotEqualTo(copies.keySet().getParent());
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	@Test
	void keepsTheOldKeyBesideTheNewOne() throws IOException, ParseException {
		SigningKeys keys = keys();
		String old = ids(keys.signingKey()).get(0);
		List<String> both = keys.rotate(this.now, this.now.plusSeconds(15));
		assertThat(both).hasSize(2).endsWith(old);
		assertThat(ids(keys.signingKey())).isEqualTo(both);
		assertPublished(keys, both);
		Date from = JWKSet.load(keys.signingKey().toFile()).getKeys().get(0).getNotBeforeTime();
		assertThat(from.toInstant()).isBetween(this.now.plusSeconds(14), this.now.plusSeconds(15));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.signingKey())))
			.isEqualTo("rw-------");
	}

	@Test
	void keepsTheOldKeyUntilItsIdentitiesHaveExpired() throws IOException, ParseException {
		SigningKeys keys = keys();
		List<String> both = keys.rotate(this.now, this.now.plusSeconds(15));
		assertThat(keys.retire(this.now.plusSeconds(15 + 119))).isEqualTo(both);
		assertThat(keys.retire(this.now.plusSeconds(15 + 121))).containsExactly(both.get(0));
		assertPublished(keys, both.subList(0, 1));
	}

	@Test
	void removesReplacedKeysWithTheNextRotation() throws IOException {
		SigningKeys keys = keys();
		String second = keys.rotate(this.now, this.now).get(0);
		assertThat(keys.rotate(this.now.plusSeconds(1), this.now.plusSeconds(1))).hasSize(3);
		List<String> later = keys.rotate(this.now.plusSeconds(600), this.now.plusSeconds(615));
		assertThat(later).hasSize(2).doesNotContain(second);
	}

	@Test
	void rotatesAFileWithASingleKey() throws IOException, ParseException {
		SigningKeys keys = keys();
		JWK old = JWKSet.load(keys.signingKey().toFile()).getKeys().get(0);
		Files.writeString(keys.signingKey(), old.toJSONString());
		assertThat(keys.rotate(this.now, this.now)).hasSize(2).endsWith(old.getKeyID());
	}

	@Test
	void explainsHowKeysAreCreated() {
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> SigningKeys.requireExisting(new DataDirectory(this.directory)))
			.withMessageContaining("./agora up");
	}

	private SigningKeys keys() throws IOException {
		return SigningKeys.loadOrCreate(new DataDirectory(this.directory));
	}

	private static void assertPublished(SigningKeys keys, List<String> ids) throws IOException, ParseException {
		assertThat(ids(keys.keySet())).isEqualTo(ids);
		assertThat(JWKSet.load(keys.keySet().toFile()).getKeys()).noneMatch(JWK::isPrivate);
	}

	private static List<String> ids(Path file) throws IOException, ParseException {
		return JWKSet.load(file.toFile()).getKeys().stream().map(JWK::getKeyID).toList();
	}

}
