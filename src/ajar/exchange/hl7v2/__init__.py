"""HL7 version 2: monitors' observation messages (ORU^R01) in, acknowledgements out."""
