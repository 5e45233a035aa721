SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#contract",
  deepLinking: true,
  displayRequestDuration: true,
  // No external validator receives the contract.
  validatorUrl: null,
});
