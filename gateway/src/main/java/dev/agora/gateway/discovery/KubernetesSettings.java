package dev.agora.gateway.discovery;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Kubernetes API, which the gateway reads only if it finds instances by
 * {@code kubernetes://<namespace>/<service>/<port>}.
 *
 * @param api the address of the API
 * @param token a file with the token of the gateway's account, which is read again for
 * each request, since it expires
 * @param ca a file with the authority that has issued the certificate of the API
 * @param watchTimeout the time after which a watch is renewed; a lost connection is
 * detected after half as long again
 */
@ConfigurationProperties("gateway.kubernetes")
public record KubernetesSettings(@DefaultValue("https://kubernetes.default.svc") URI api,
		@DefaultValue("/agora/api/token") Path token, @DefaultValue("/agora/api/ca.crt") Path ca,
		@DefaultValue("20s") Duration watchTimeout) {
}
