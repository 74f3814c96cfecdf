"""The indicators of the chapter on governance, in the order of weight: life first, then letters, then pay."""

GROUP = "S10"
ACCIDENTS, INSPECTION, LABOUR = "safety_accidents", "inspection_cases_closed", "labour_disputes_mediated"
WAGES, PAYMENTS, VISITS = "wages_recovered", "project_payments_recovered", "enterprise_visits"
# the sum of wages and payments
RECOVERED = "arrears_recovered"
ORDER = (ACCIDENTS, INSPECTION, LABOUR, WAGES, PAYMENTS, VISITS)
# amounts grow in %, counts change by pieces
AMOUNTS = (WAGES, PAYMENTS, RECOVERED)
# what piles up before the Spring Festival
PAY = (LABOUR, WAGES, PAYMENTS)
