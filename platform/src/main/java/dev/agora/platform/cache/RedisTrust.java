package dev.agora.platform.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

import javax.net.ssl.TrustManagerFactory;

/** Whose certificates a Redis may show. */
final class RedisTrust {

	private RedisTrust() {
	}

	/**
	 * Trusts what one of some authorities signed.
	 * @param ca a file with their certificates, as PEM
	 */
	static TrustManagerFactory of(Path ca) {
		try (InputStream file = Files.newInputStream(ca)) {
			KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
			store.load(null, null);
			for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
				store.setCertificateEntry("ca-" + store.size(), authority);
			}
			TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			factory.init(store);
			return factory;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ca + " cannot be read.", ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ca + " holds no certificates that can be trusted.", ex);
		}
	}

}
