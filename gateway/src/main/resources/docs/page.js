SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#contract",
  deepLinking: true,
  displayRequestDuration: true,
  // Nobody else is told what is read here.
  validatorUrl: null,
});
