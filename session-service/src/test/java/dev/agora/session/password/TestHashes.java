package dev.agora.session.password;

/** Hashes passwords as another system does: with the parameters that OWASP recommends. */
public final class TestHashes {

	private final Argon2 argon2 = new Argon2(19456, 2);

	public String hash(String password) {
		return this.argon2.hash(password);
	}

}
