package dev.agora.rules;

import java.util.HashSet;
import java.util.Set;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import dev.agora.contract.Contract;
import dev.agora.contract.Operation;
import dev.agora.product.planted.PlantedController;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract has what the controllers answer to, and nothing else. */
class ControllerMappingsTests {

	/** What the gateway answers by itself. */
	private static final Set<Operation> OWN = Set.of(new Operation("GET", "/openapi.json"),
			new Operation("GET", "/docs"));

	private static final Set<Operation> agreed = Contract.load().operations();

	private static final Set<Operation> doors = ControllerMappings
		.of(new ClassFileImporter().importPaths(Modules.classes()));

	@Test
	void leadsToNothingThatIsNotInTheContract() {
		assertThat(without(doors, agreed)).isEmpty();
	}

	@Test
	void answersToAllThatIsInTheContract() {
		assertThat(without(without(agreed, OWN), doors)).isEmpty();
	}

	@Test
	void findsADoorThatIsNotInTheContract() {
		Set<Operation> planted = ControllerMappings.of(new ClassFileImporter().importClasses(PlantedController.class));
		assertThat(without(planted, agreed)).containsExactly(new Operation("PATCH", "/planted/{id}"));
	}

	@Test
	void findsAnOperationWithoutADoor() {
		Set<Operation> planted = new HashSet<>(agreed);
		planted.add(new Operation("GET", "/planted"));
		assertThat(without(without(planted, OWN), doors)).containsExactly(new Operation("GET", "/planted"));
	}

	private static Set<Operation> without(Set<Operation> all, Set<Operation> some) {
		Set<Operation> left = new HashSet<>(all);
		left.removeAll(some);
		return left;
	}

}
