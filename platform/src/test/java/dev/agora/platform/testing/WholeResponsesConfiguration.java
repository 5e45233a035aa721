package dev.agora.platform.testing;

import org.springframework.boot.webtestclient.autoconfigure.WebTestClientBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every client of {@code @AutoConfigureWebTestClient} reads whole responses. */
@Configuration(proxyBeanMethods = false)
public class WholeResponsesConfiguration {

	@Bean
	WebTestClientBuilderCustomizer readsWholeResponses() {
		return (client) -> client.filter(new WholeResponses());
	}

}
