package dev.agora.rules;

import java.util.HashSet;
import java.util.Set;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import dev.agora.contract.Contract;
import dev.agora.contract.Operation;
import dev.agora.product.planted.PlantedController;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract describes exactly the operations that the controllers serve. */
class ControllerMappingsTests {

	/** The operations that the gateway serves without a service. */
	private static final Set<Operation> OF_THE_GATEWAY = Set.of(new Operation("GET", "/openapi.json"),
			new Operation("GET", "/docs"));

	private static final Set<Operation> described = Contract.load().operations();

	private static final Set<Operation> mapped = ControllerMappings
		.of(new ClassFileImporter().importPaths(Modules.classes()));

	@Test
	void noControllerServesAnUndescribedOperation() {
		assertThat(without(mapped, described)).isEmpty();
	}

	@Test
	void everyDescribedOperationIsServed() {
		assertThat(without(without(described, OF_THE_GATEWAY), mapped)).isEmpty();
	}

	@Test
	void findsAMappingThatTheContractDoesNotDescribe() {
		Set<Operation> planted = ControllerMappings.of(new ClassFileImporter().importClasses(PlantedController.class));
		assertThat(without(planted, described)).containsExactly(new Operation("PATCH", "/planted/{id}"));
	}

	@Test
	void findsAnOperationWithoutAMapping() {
		Set<Operation> planted = new HashSet<>(described);
		planted.add(new Operation("GET", "/planted"));
		assertThat(without(without(planted, OF_THE_GATEWAY), mapped)).containsExactly(new Operation("GET", "/planted"));
	}

	private static Set<Operation> without(Set<Operation> all, Set<Operation> some) {
		Set<Operation> rest = new HashSet<>(all);
		rest.removeAll(some);
		return rest;
	}

}
